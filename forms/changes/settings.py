"""Changes of the form as a whole: its id, its version, where it sends, its languages."""

import re
from collections.abc import Iterator

from forms.changes.change import Change
from forms.changes.form import Form
from forms.changes.pairs import Versions
from forms.changes.wording import Said
from forms.headers import language_code, split_language
from programme.problem import Text

# what phones never see: a change of these alone needs no new version
_OURS = ("class", "unit", "value_type", "former_name")
_PHONE_SHEETS = ("survey", "choices", "external_choices", "entities", "settings", "osm")


def form_id(versions: Versions) -> Iterator[Change]:
    """Another form id makes another form."""
    before, after = versions.old.schema.form_id, versions.new.schema.form_id
    if before != after:
        place = versions.new.place("settings", _row(versions.new), "form_id")
        yield _FORM_ID.change(place, before=before, after=after)


def sending(versions: Versions) -> Iterator[Change]:
    """Submissions that go elsewhere, or come encrypted, are not collected any more."""
    for name, said in (("submission_url", _ELSEWHERE), ("public_key", _ENCRYPTED)):
        after = versions.new.workbook.setting(name)
        if after and after != versions.old.workbook.setting(name):
            yield said.change(versions.new.place("settings", _row(versions.new), name))


def version(versions: Versions) -> Iterator[Change]:
    """A phone learns of a new form from its version."""
    before, after = versions.old.schema.version, versions.new.schema.version
    place = versions.new.place("settings", _row(versions.new), "version")
    if before == after:
        if _on_phones(versions.old) != _on_phones(versions.new):
            yield _NOT_RAISED.change(place, version=after or "–")
    elif _numbers(after) < _numbers(before):
        yield _LOWERED.change(place, before=before, after=after or "–")


def title(versions: Versions) -> Iterator[Change]:
    """The name that people see in their list of forms."""
    before, after = (each.workbook.setting("form_title") for each in (versions.old, versions.new))
    if before != after:
        place = versions.new.place("settings", _row(versions.new), "form_title")
        yield _TITLE.change(place, before=before or "–", after=after or "–")


def languages(versions: Versions) -> Iterator[Change]:
    """A language that is gone."""
    for code in _languages(versions.old):
        if code not in _languages(versions.new) and _languages(versions.new):
            yield _LANGUAGE.change(versions.new.place("survey"), language=code)


def _row(form: Form) -> int | None:
    rows = form.workbook.rows("settings")
    return rows[0].number if rows else None


def _on_phones(form: Form) -> list[list[tuple[str, str]]]:
    return [
        [(header, text) for header, text in sorted(row.cells.items()) if header not in _OURS]
        for sheet in _PHONE_SHEETS
        for row in form.workbook.rows(sheet)
    ]


def _numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", text)]


def _languages(form: Form) -> list[str]:
    sheet = form.workbook.sheets["survey"]
    found = [split_language(header) for header in sheet.headers]
    codes = [language_code(language) for kind, language in found if kind == "label" and language]
    return list(dict.fromkeys(codes))


_FORM_ID = Said(
    "form-id-changed",
    "breaking",
    Text(
        vi="mã biểu mẫu đổi từ «{before}» thành «{after}»",
        en="the form id was “{before}” and is now “{after}”",
    ),
    Text(
        vi="máy chủ coi đây là một biểu mẫu khác: phiếu đã thu vẫn nằm ở biểu mẫu cũ, bảng số liệu "
        "mang tên mới bắt đầu từ con số không",
        en="servers take it for another form: what was collected stays with the old one, and the "
        "tables under the new name begin empty",
    ),
    Text(
        vi="hãy ghi lại «{before}» ở ô form_id; tên người dùng nhìn thấy thì đổi ở form_title",
        en="write “{before}” into form_id again; the name that people see is form_title",
    ),
)
_ELSEWHERE = Said(
    "submission-elsewhere",
    "breaking",
    Text(
        vi="phiếu sẽ được gửi tới một địa chỉ khác (submission_url)",
        en="submissions will go to another address (submission_url)",
    ),
    Text(
        vi="phiếu mới không còn về máy chủ mà chương trình lấy số liệu",
        en="new submissions no longer reach the server that the programme pulls from",
    ),
    Text(vi="hãy xoá ô submission_url", en="empty the cell submission_url"),
)
_ENCRYPTED = Said(
    "submissions-encrypted",
    "breaking",
    Text(
        vi="phiếu mới sẽ bị mã hoá (public_key)",
        en="new submissions will be encrypted (public_key)",
    ),
    Text(
        vi="chương trình không đọc được phiếu mã hoá, bảng số liệu sẽ thiếu các phiếu đó",
        en="the programme cannot read encrypted submissions, and its tables will lack them",
    ),
    Text(vi="hãy xoá ô public_key", en="empty the cell public_key"),
)
_NOT_RAISED = Said(
    "version-not-raised",
    "careful",
    Text(
        vi="biểu mẫu đã thay đổi nhưng version vẫn là «{version}»",
        en="the form has changed, but its version is still “{version}”",
    ),
    Text(
        vi="ODK Central từ chối, và điện thoại có thể giữ biểu mẫu cũ vì tưởng không có gì mới; "
        "về sau không biết phiếu nào điền theo bản nào",
        en="ODK Central refuses it, and phones may keep the old form, seeing nothing new; later "
        "nobody can tell by which of the two a submission was filled",
    ),
    Text(
        vi="hãy tăng version ở trang settings",
        en="raise the version on the sheet settings",
    ),
)
_LOWERED = Said(
    "version-lowered",
    "careful",
    Text(
        vi="version giảm từ «{before}» xuống «{after}»",
        en="the version went down from “{before}” to “{after}”",
    ),
    Text(
        vi="có thể hai tệp bị đưa vào ngược thứ tự, hoặc tệp mới được sửa từ một bản quá cũ",
        en="the two files may be the wrong way round, or the new one was made from a copy too old",
    ),
    Text(
        vi="hãy xem lại đâu là bản mới; nếu đúng, hãy ghi version lớn hơn «{before}»",
        en="see which one is new; if this is it, write a version above “{before}”",
    ),
)
_TITLE = Said(
    "title-changed",
    "safe",
    Text(
        vi="tên biểu mẫu đổi từ «{before}» thành «{after}»",
        en="the form's title was “{before}” and is now “{after}”",
    ),
    Text(vi="số liệu không thay đổi", en="the data do not change"),
    Text(vi="hãy báo cho người điền tên mới", en="tell those who fill it the new name"),
)
_LANGUAGE = Said(
    "language-removed",
    "careful",
    Text(vi="biểu mẫu không còn ngôn ngữ «{language}»", en="the form has lost “{language}”"),
    Text(
        vi="người đang điền bằng ngôn ngữ này sẽ thấy ngôn ngữ khác; nhãn trong báo cáo bằng ngôn "
        "ngữ này không còn",
        en="who fills it in that language will see another one; reports lose its labels",
    ),
    Text(
        vi="hãy xem lại tên các cột label::…; nếu cố ý thì báo cho người điền",
        en="look at the headers label::…; if it is meant, tell those who fill the form",
    ),
)
