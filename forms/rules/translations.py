"""Every text in every language: an empty cell shows as “-” on the phone, and nobody is told."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from forms.headers import TRANSLATED, language_code, split_language
from forms.rules.fault import Fault
from forms.rules.subject import Subject, near
from forms.workbook import Row
from programme.problem import Problem, Text
from programme.text import fold

LANGUAGE_MISSING = Fault(
    "language-missing",
    Text(vi="biểu mẫu thiếu ngôn ngữ «{code}»", en="the form lacks language “{code}”"),
    Text(
        vi="hãy thêm các cột, ví dụ label::Tiếng Việt (vi) và label::English (en)",
        en="add its columns, for example label::Tiếng Việt (vi), label::English (en)",
    ),
    level="strict",
)
TRANSLATION_MISSING = Fault(
    "translation-missing",
    Text(vi="ô dịch còn trống", en="the translation is missing"),
    Text(
        vi="hãy điền ô này; nếu để trống, điện thoại hiện dấu «-»",
        en="fill this cell; left empty, the phone shows “-”",
    ),
    level="strict",
    waivable=True,
)
LABEL_MISSING = Fault(
    "label-missing",
    Text(vi="câu «{name}» không có lời", en="“{name}” has no label"),
    Text(vi="hãy ghi câu hỏi bằng mọi ngôn ngữ", en="write it in every language"),
    waivable=True,
)
LABEL_MISSING_HINTED = replace(LABEL_MISSING, level="strict")
DEFAULT_LANGUAGE = Fault(
    "default-language-unknown",
    Text(
        vi="không có cột nào cho ngôn ngữ «{name}», biểu mẫu mở ra toàn dấu «-»{near_vi}",
        en="no column is in “{name}”, so the form would open with “-” everywhere{near_en}",
    ),
    Text(
        vi="hãy chép đúng tên ngôn ngữ sau dấu :: của các cột label",
        en="copy the language as it stands after :: in the columns label",
    ),
    level="warning",
)
COLUMN_GONE = Fault(
    "translation-missing",
    Text(
        vi="không có cột này, nên thiếu {count} lời dịch",
        en="there is no such column, so {count} texts lack their translation",
    ),
    Text(
        vi="hãy thêm cột «{name}» và điền lời",
        en="add the column “{name}” and write the texts",
    ),
    level="strict",
)
LANGUAGE_HEADER = Fault(
    "language-header",
    Text(
        vi="tên cột «{name}» không giống các cột khác cùng ngôn ngữ, nên lời ở đó không hiện",
        en="the header “{name}” is not written as the others of its language, so its texts do "
        "not show",
    ),
    Text(vi="hãy sửa tên cột thành «{right}»", en="rename the column to “{right}”"),
    level="strict",
)
MEDIA = ("media::image", "media::audio", "media::video")
PRODUCT_LANGUAGES = ("vi", "en")


def languages(subject: Subject) -> list[str]:
    """Give the languages of a workbook as its headers name them; empty for one without."""
    sheets = [subject.workbook.sheets.get(name) for name in ("survey", "choices")]
    headers = [header for sheet in sheets if sheet for header in sheet.headers]
    return list(dict.fromkeys(language for _, language in map(split_language, headers) if language))


def language_missing(subject: Subject) -> Iterator[Problem]:
    """The forms of a programme speak Vietnamese and English."""
    codes = [language_code(each) for each in languages(subject)]
    for code in PRODUCT_LANGUAGES:
        if code not in codes:
            yield subject.tell(LANGUAGE_MISSING, None, None, code=code)


def language_header(subject: Subject) -> Iterator[Problem]:
    """A column in a language is called as the other columns of that language are."""
    for (sheet, header), right in _mistaken(subject).items():
        yield subject.tell(LANGUAGE_HEADER, None, header, sheet, name=header, right=right)


def translation_missing(subject: Subject) -> Iterator[Problem]:
    """A text in one language has to be there in the others."""
    mistaken = _mistaken(subject)
    wrong = {split_language(header)[1] for _, header in mistaken}
    wanted = [each for each in languages(subject) if each not in wrong]
    for name in ("survey", "choices"):
        if sheet := subject.workbook.sheets.get(name):
            meant = {each: mistaken.get((name, each), each) for each in sheet.headers}
            for kind in TRANSLATED:
                yield from _of_kind(subject, name, kind, wanted, meant)


def label_missing(subject: Subject) -> Iterator[Problem]:
    """A question that is asked needs words."""
    for row, kind in subject.questions():
        asked = kind.role == "question" or kind.name == "note"
        asked = asked and not kind.name.startswith("background-")
        words = {split_language(header)[0] for header in row.cells}
        if asked and "label" not in words:
            name = row.get("name")
            shown = words & {"hint", "calculation", *MEDIA}
            fault = LABEL_MISSING_HINTED if shown else LABEL_MISSING
            yield subject.tell(fault, row, "label", name=name)


def default_language_unknown(subject: Subject) -> Iterator[Problem]:
    """The language in which a form opens is one of its own."""
    written = subject.workbook.setting("default_language")
    known = languages(subject)
    bare = any("label" in row.cells for row in subject.workbook.rows("survey"))
    if written and known and written not in known and not bare:
        row = subject.workbook.rows("settings")[0]
        asked = near(written, tuple(known))
        yield subject.tell(
            DEFAULT_LANGUAGE, row, "default_language", "settings", name=written, **asked
        )


def _of_kind(
    subject: Subject, sheet: str, kind: str, wanted: Sequence[str], meant: Mapping[str, str]
) -> Iterator[Problem]:
    """Tell what lacks of one kind of text; ``meant`` gives the right header of each."""
    rows: list[tuple[Row, set[str]]] = []
    for row in subject.workbook.rows(sheet):
        there = (split_language(meant.get(header, header)) for header in row.cells)
        filled = {language for found, language in there if found == kind}
        if any(filled) and (row.get("type") or sheet != "survey"):
            rows.append((row, filled))
    for language in wanted:
        header = f"{kind}::{language}"
        lacking = [row for row, filled in rows if language not in filled]
        if header not in meant.values() and len(lacking) > 1:
            values = {"count": str(len(lacking)), "name": header}
            yield subject.tell(COLUMN_GONE, None, header, sheet, **values)
            continue
        for row in lacking:
            yield subject.tell(TRANSLATION_MISSING, row, header, sheet)


def _mistaken(subject: Subject) -> dict[tuple[str, str], str]:
    """Give the right header of those in a language that stands otherwise elsewhere."""
    sheets = {name: subject.workbook.sheets.get(name) for name in ("survey", "choices")}
    headers = [(name, each) for name, sheet in sheets.items() if sheet for each in sheet.headers]
    count = Counter(split_language(header)[1] for _, header in headers)
    del count[""]
    opens = subject.workbook.setting("default_language")
    weight = {
        each: (count[each], each == opens, language_code(each) != each, not each.isascii())
        for each in ("", *count)
    }
    found: dict[tuple[str, str], str] = {}
    for name, header in headers:
        kind, language = split_language(header)
        if kind not in TRANSLATED or kind in MEDIA or not count:
            continue  # a picture is for every language
        free = [each for each in count if (name, f"{kind}::{each}") not in headers]
        meant = [each for each in free if _same(language, each) and weight[each] > weight[language]]
        if not language and free and len(free) < len(count):
            meant = free
        if meant:
            found[name, header] = f"{kind}::{meant[0]}"
    return found


def _same(one: str, other: str) -> bool:
    """Tell whether two names are of one language: ``Tieng Viet (vi)``, ``Tiếng Việt (vi)``."""
    if not one or one == other:
        return False
    bare = [fold(each.partition("(")[0]).strip() for each in (one, other)]
    return language_code(one) == language_code(other) or bare[0] == bare[1]
