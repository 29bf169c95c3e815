"""What is wrong with a template, and in which paragraph an official finds it."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from docx.oxml.ns import qn

from programme.problem import Place, Problem, Text
from programme.text import did_you_mean, fold, nearest

if TYPE_CHECKING:
    from docx.document import Document

# words that people try first, and what they are called here
MEANT = {
    "province": "area",
    "tinh": "area",
    "dia_ban": "area",
    "year": "as_of_year",
    "nam": "as_of_year",
    "date": "cut_off",
    "ngay": "cut_off",
    "organisation": "issuer_name",
    "organization": "issuer_name",
    "co_quan": "issuer_name",
    "ky": "period",
    "clubs_total": "clubs",
    "members_total": "members",
}
_A_RATING = "rated_"
_DERIVED = ("_of", "_target", "_rating", "_known")
_TAG = re.compile(r"\{[{%].*?[}%]\}")
_CONTROL = re.compile(r"\{%(?:p|tr|tc|r)?[-+]?\s*(\w+)")
# Word's own marks of docxtpl: which element a tag stands for
_MARKED = re.compile(r"\{([{%])(?:p|tr|tc|r)\s")
_CLOSING = ("endif", "endfor")
_WORDS_SHOWN = 60
_BLOCK_LEFT_OPEN = ("Unexpected end of template", "Encountered unknown tag")
_REFUSED = (jinja2.exceptions.TemplateError, TypeError, ValueError, OverflowError)


def paragraphs(document: "Document") -> Iterator[str]:
    """Give the text of every paragraph that can hold a placeholder: body, tables, headers."""
    roots = [document.element.body]
    for section in document.sections:
        roots += [part._element for part in (section.first_page_header, section.header)]
        roots += [part._element for part in (section.first_page_footer, section.footer)]
    for root in roots:
        for paragraph in root.iter(qn("w:p")):
            text = "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
            if "{{" in text or "{%" in text:
                yield text


def paragraph_naming(document: "Document", name: str) -> str | None:
    """Find the paragraph whose placeholder uses a name."""
    used = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
    for text in paragraphs(document):
        if any(used.search(tag) for tag in _TAG.findall(text)):
            return text
    return None


def paragraph_at_fault(
    document: "Document",
    environment: jinja2.Environment,
    context: Mapping[str, object],
    error: Exception,
) -> str | None:
    """Find the paragraph that a template fails on, by trying each one alone."""
    told = [(text, _fault_alone(text, environment, context)) for text in paragraphs(document)]
    for text, fault in told:
        if fault is not None and _message(fault) == _message(error) and not _left_open(fault):
            return text
    for text, fault in told:
        if isinstance(fault, jinja2.exceptions.TemplateSyntaxError) and not _left_open(fault):
            return text
    return _unbalanced(paragraphs(document))


def _fault_alone(
    text: str, environment: jinja2.Environment, context: Mapping[str, object]
) -> Exception | None:
    try:
        environment.from_string(_MARKED.sub(r"{\1 ", text)).render(context)
    except _REFUSED as error:
        return error
    return None


def _message(error: Exception) -> str:
    return getattr(error, "message", None) or str(error)


def _left_open(error: Exception) -> bool:
    return _message(error).startswith(_BLOCK_LEFT_OPEN)


def _unbalanced(texts: Iterator[str]) -> str | None:
    """Find the tag that closes nothing, or the last one that is never closed."""
    opened: list[tuple[str, str]] = []
    for text in texts:
        for word in _CONTROL.findall(text):
            if word in ("if", "for"):
                opened.append((word, text))
            elif word in ("else", "elif", "endif", "endfor"):
                inside = opened[-1][0] if opened else None
                if inside is None or (word in _CLOSING and word != f"end{inside}"):
                    return text
                if word in _CLOSING:
                    opened.pop()
    return opened[-1][1] if opened else None


def unknown_name(
    template: Path,
    name: str,
    values: Collection[str],
    blocks: Collection[str],
    paragraph: str | None,
) -> Problem:
    """Say that there is no such placeholder, which was meant, and which there are."""
    figures = [each for each in values if f"{each}_of" in values]
    derived = {f"{each}{ending}" for each in figures for ending in _DERIVED}
    texts = [each for each in values if each not in derived and each not in figures]
    near = did_you_mean(_meant(name, [*texts, *figures, *blocks]) or nearest(name, values))
    example = ", ".join(figures[-3:])
    # two dozen names, one for each rating, would bury the others
    listed = [each for each in texts if not each.startswith(_A_RATING)]
    listed += [f"{_A_RATING}…"] if len(listed) < len(texts) else []
    return Problem(
        "template-placeholder-unknown",
        Text(
            vi=f"{_where(paragraph).vi}không có chỗ điền «{name}»{near.vi}",
            en=f"{_where(paragraph).en}there is no placeholder “{name}”{near.en}",
        ),
        Text(
            vi=f"hãy mở mẫu bằng Word, sửa tên trong {{{{ }}}}. Chữ: {', '.join(listed)}. Bảng, "
            f"biểu đồ: {', '.join(blocks)}. Số liệu: mã ở cột code, trang indicators của "
            f"indicators.xlsx ({example}…), thêm _of, _target, _rating. Nghĩa của từng tên: trang "
            "placeholders của tệp đó",
            en=f"open the template in Word and mend the name in {{{{ }}}}. Texts: "
            f"{', '.join(listed)}. Tables, charts: {', '.join(blocks)}. Figures: the codes in the "
            f"column code of the sheet indicators of indicators.xlsx ({example}…), with _of, "
            "_target, _rating. What each name means: the sheet placeholders of that file",
        ),
        Place(file=template.name),
    )


def _meant(name: str, names: Collection[str]) -> str | None:
    meant = MEANT.get(fold(name).replace(" ", "_"))
    return meant if meant in names else nearest(name, names)


def bad_syntax(template: Path, message: str, paragraph: str | None) -> Problem:
    """Say that a placeholder cannot be read."""
    where = _where(paragraph)
    said = Text(
        vi=f"không đọc được chỗ điền trong mẫu: {message}",
        en=f"a placeholder of the template cannot be read: {message}",
    )
    if message.startswith(_BLOCK_LEFT_OPEN):
        said = Text(
            vi="{%p if %} hoặc {%p for %} thiếu phần mở hoặc phần đóng",
            en="a {%p if %} or {%p for %} is not opened or not closed",
        )
    return Problem(
        "template-syntax",
        Text(vi=where.vi + said.vi, en=where.en + said.en),
        Text(
            vi="hãy mở mẫu bằng Word; mỗi chỗ điền viết đúng dạng {{ tên }}, mỗi {%p if %} "
            "phải có {%p endif %}",
            en="open the template in Word; write every placeholder as {{ name }}, and close every "
            "{%p if %} with {%p endif %}",
        ),
        Place(file=template.name),
    )


def _where(paragraph: str | None) -> Text:
    if not paragraph:
        return Text(vi="", en="")
    words = " ".join(paragraph.split())
    if len(words) > _WORDS_SHOWN:
        words = words[:_WORDS_SHOWN].rsplit(" ", 1)[0] + "…"
    return Text(vi=f"đoạn «{words}»: ", en=f"paragraph “{words}”: ")
