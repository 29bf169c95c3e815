"""Labels in the chosen language: markdown as runs of text, ``${…}`` as a blank to fill."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from forms.headers import TRANSLATED, language_code, split_language
from forms.translations import labels
from forms.workbook import Row, Workbook
from programme.problem import Problem, ProblemError, Text

BLANK = "…………"
_VALUE = re.compile(r"\$\{[^}]*\}|<output[^>]*/>")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"\[([^\]]+)\]\((\S+?)\)")
_SENTENCE = re.compile(r"(?<=[.!?])[ ]+")
_ON_PHONE = re.compile(
    r"gõ vài chữ|để tìm\b|bấm |điền sẵn|quay lại sửa|các trang sau|đánh dấu để gửi"
    r"|a few letters|to search|offered if known|go back|on the next pages|tick to send",
    re.I,
)
_FOR_A_PEN = (
    (re.compile(r"(?:[,;]\s*)(?:vẫn gửi được|you can still send)(?=\W|$)", re.I), ""),
    (re.compile(r"\s*(?:Vẫn gửi được|You can still send)\.", re.I), ""),
    (re.compile(r"(?<=danh sách) trên máy|(?<=danh sách thành viên) trên máy"), ""),
    (re.compile(r"(?<=list) on this phone"), ""),
    (re.compile(r"\bthì gõ\b"), "thì ghi"),
)
_HEADING = re.compile(r"^#{1,6}\s+", re.M)
_MARK = re.compile(
    r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])([*_])(?=\S)(.+?)(?<=\S)\3(?![\w*])", re.S
)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one look."""

    text: str
    bold: bool = False
    italic: bool = False


def filled(markdown: str, fixed: Callable[[str], str | None]) -> str:
    """Put in the values that are the same for everybody; the others stay ``${…}``."""

    def value(found: re.Match[str]) -> str:
        known = fixed(found.group()[2:-1].strip())
        return found.group() if known is None else known

    return _VALUE.sub(value, markdown)


def on_paper(text: str) -> str:
    """Leave out what only a phone can do (search, send, offer), and say the rest for a pen."""
    said = [each for each in _SENTENCE.split(text) if not _ON_PHONE.search(each)]
    kept = " ".join(said)
    for pattern, words in _FOR_A_PEN:
        kept = pattern.sub(words, kept)
    return kept


def printable(text: str) -> str:
    """Drop characters that a Word file cannot hold; they come along when people paste."""
    return _UNPRINTABLE.sub("", text)


def spans(markdown: str) -> tuple[Span, ...]:
    """Split a label into pieces of one look; headings, tags and links lose their marks."""
    text = _VALUE.sub(BLANK, printable(markdown))
    text = _TAG.sub("", _HEADING.sub("", text))
    text = _LINK.sub(r"\1 (\2)", text)
    return tuple(_spans(text, Span("")))


def plain(markdown: str) -> str:
    """Give a label without any marks, on one line."""
    return " ".join("".join(span.text for span in spans(markdown)).split())


def _spans(text: str, look: Span) -> list[Span]:
    found: list[Span] = []
    at = 0
    for mark in _MARK.finditer(text):
        if mark.start() > at:
            found.append(Span(text[at : mark.start()], look.bold, look.italic))
        bold = bool(mark.group(1))
        inner = mark.group(2) if bold else mark.group(4)
        found += _spans(inner, Span("", look.bold or bold, look.italic or not bold))
        at = mark.end()
    if at < len(text):
        found.append(Span(text[at:], look.bold, look.italic))
    return found


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads texts of a workbook in one language.

    Args:
        language: code as in the headers; empty for a form without languages.
    """

    workbook: Workbook
    language: str

    def text(self, row: Row, kind: str = "label") -> str:
        """Give a text, in another language where this one lacks it: better than a blank."""
        return self.choose(labels(self.workbook, row, kind))

    def title(self) -> str:
        """Give the form's title; of “Phiếu tập huấn · Training record” this language's part."""
        title = self.workbook.setting("form_title")
        parts, known = title.split(" · "), languages(self.workbook)
        if len(parts) == len(known) and self.language in known:
            return parts[known.index(self.language)]
        return title

    def choose(self, texts: Mapping[str, str]) -> str:
        """Give the text in the reader's language, else in the form's own, else in any."""
        default = language_code(self.workbook.setting("default_language"))
        for language in (self.language, default, "", *texts):
            if texts.get(language):
                return texts[language]
        return ""


def languages(workbook: Workbook) -> tuple[str, ...]:
    """Give the codes of the languages that a workbook is written in; none where it names none."""
    found: dict[str, None] = {}
    default = workbook.setting("default_language")
    for name in ("survey", "choices"):
        sheet = workbook.sheets.get(name)
        for header in sheet.headers if sheet else ():
            kind, language = split_language(header)
            if kind in TRANSLATED and (language or default):
                found[language_code(language or default)] = None
    return tuple(found)


def reader(workbook: Workbook, language: str) -> Reader:
    """Choose the language to print in.

    Raises:
        ProblemError: ``paper-language-unknown``, with the languages there are.
    """
    known = languages(workbook)
    if not known:
        return Reader(workbook, "")
    wanted = language_code(language)
    for each in known:
        if each.lower() == wanted.lower():
            return Reader(workbook, each)
    listed = ", ".join(f"«{each}»" for each in known)
    raise ProblemError(
        Problem(
            "paper-language-unknown",
            Text(
                vi=f"biểu mẫu không có ngôn ngữ «{language}»",
                en=f"the form has no language “{language}”",
            ),
            Text(
                vi=f"hãy chọn một ngôn ngữ có trong biểu mẫu: {listed}; hoặc thêm các cột, "
                "ví dụ label::English (en)",
                en=f"choose a language that the form has: {listed}; or add its columns, "
                "for example label::English (en)",
            ),
            workbook.place("survey"),
        )
    )
