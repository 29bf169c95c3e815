"""Every text in every language: an empty cell shows as “-” on the phone, and nobody is told."""

from collections.abc import Iterator
from dataclasses import replace

from forms.headers import TRANSLATED, language_code, split_language
from forms.rules.fault import Fault
from forms.rules.subject import Subject, near
from forms.workbook import Row
from programme.problem import Problem, Text

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


def translation_missing(subject: Subject) -> Iterator[Problem]:
    """A text in one language has to be there in the others."""
    wanted = languages(subject)
    for sheet in ("survey", "choices"):
        for row in subject.workbook.rows(sheet):
            for kind in TRANSLATED:
                yield from _cells(subject, sheet, row, kind, wanted)


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


def _cells(
    subject: Subject, sheet: str, row: Row, kind: str, wanted: list[str]
) -> Iterator[Problem]:
    filled = [language for found, language in map(split_language, row.cells) if found == kind]
    if not any(filled):
        return
    for language in wanted:
        if language not in filled:
            yield subject.tell(TRANSLATION_MISSING, row, f"{kind}::{language}", sheet)
