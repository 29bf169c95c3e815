"""A part of a template (body, header, footnotes) compiled: what it asks, what is wrong in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jinja2
from lxml import etree

from programme.problem import Language, Text
from reports.template_faults import Fault, did_you_mean_tag
from reports.template_grammar import fault_of
from reports.template_language import DO, DO_END, PRINT, PRINT_END, compiled
from reports.template_source import COUNTED, mark_blocks, number_sequences, write_source
from reports.template_tags import (
    CLOSING,
    MIDDLE,
    OPENING,
    PRINTED,
    REMARK,
    STATEMENTS,
    Tag,
    read_tags,
)
from reports.template_tidy import tidy

TAGS_AT_MOST = 20_000
DEPTH_AT_MOST = 12  # Python itself ends at 20 loops
_CLOSES = {"endif": ("if",), "endfor": ("for",), "elif": ("if",), "else": OPENING}


@dataclass(frozen=True, slots=True)
class TemplatePart:
    """A part that is filled anew for every report."""

    name: str
    template: jinja2.Template
    tags: Sequence[Tag]


def read_part(
    name: str, root: Any, language: Language, *, body: bool
) -> tuple[TemplatePart | None, list[Fault]]:
    """Compile a part.

    Args:
        root: its XML, which is changed.
        body: blocks may stand in it.

    Returns:
        The part, None if it holds no tag or cannot be compiled; and what is wrong with it.
    """
    tidy(root)
    tags, unclosed, crowded = read_tags(root)
    if len(tags) > TAGS_AT_MOST:
        return None, [Fault("", "", _TOO_MANY)]
    faults = [Fault(text, "", _UNCLOSED) for text in unclosed]
    faults += [Fault(tag.paragraph, tag.shown, _CROWDED) for tag in crowded]
    faults += _structure(tags)
    faults += _expressions(tags, language)
    number_sequences(root)
    if faults or not (tags or COUNTED in etree.tostring(root, encoding="unicode")):
        return None, faults
    mark_blocks(root, tags, body=body)
    source = write_source(etree.tostring(root, encoding="unicode"), tags)
    return TemplatePart(name, compiled(source, language), tags), []


def _structure(tags: Sequence[Tag]) -> Iterator[Fault]:
    """Find what is not closed, or closed in another place than it was opened in."""
    opened: list[Tag] = []
    for tag in tags:
        if tag.word in OPENING:
            opened.append(tag)
            if len(opened) > DEPTH_AT_MOST:
                yield Fault(tag.paragraph, tag.shown, _TOO_DEEP)
                return
        elif tag.word in (*MIDDLE, *CLOSING):
            if not opened:
                yield Fault(tag.paragraph, tag.shown, _CLOSES_NOTHING)
                return
            if opened[-1].word not in _CLOSES[tag.word]:
                yield Fault(opened[-1].paragraph, opened[-1].shown, _never_closed(opened[-1]))
                return
            if opened[-1].inside is not tag.inside or opened[-1].level != tag.level:
                yield Fault(tag.paragraph, tag.shown, _apart(opened[-1]))
            if tag.word in CLOSING:
                opened.pop()
    yield from (Fault(tag.paragraph, tag.shown, _never_closed(tag)) for tag in opened)


def _expressions(tags: Sequence[Tag], language: Language) -> Iterator[Fault]:
    """Check each tag alone; note what it asks of the report."""
    scopes: list[set[str]] = [set()]
    for tag in tags:
        if tag.word == REMARK:
            continue
        if tag.word != PRINTED and tag.word not in STATEMENTS:
            yield Fault(tag.paragraph, tag.shown, did_you_mean_tag(tag.word, STATEMENTS))
            continue
        fault, asked, bound = fault_of(_alone(tag), language)
        known = set().union(*scopes)
        tag.asked = frozenset(each for each in asked if each[0] not in known)
        if fault:
            yield Fault(tag.paragraph, tag.shown, fault)
        if tag.word in OPENING:
            scopes.append(bound | ({"loop"} if tag.word == "for" else set()))
        elif tag.word in CLOSING and len(scopes) > 1:
            scopes.pop()
        elif tag.word == "set":
            scopes[-1] |= bound


def _alone(tag: Tag) -> str:
    """Write one tag with whatever it needs before and after it to be read."""
    if tag.word == PRINTED:
        return f"{PRINT} {tag.code} {PRINT_END}"
    own = f"{DO} {tag.code} {DO_END}"
    before = {"elif": "if true", "else": "if true", "endif": "if true", "endfor": "for x in ()"}
    after = {"if": "endif", "for": "endfor", "elif": "endif", "else": "endif"}
    first = f"{DO} {before[tag.word]} {DO_END}" if tag.word in before else ""
    last = f"{DO} {after[tag.word]} {DO_END}" if tag.word in after else ""
    return first + own + last


_TOO_DEEP = Text(
    vi=f"lồng nhau quá {DEPTH_AT_MOST} lớp", en=f"lies in more than {DEPTH_AT_MOST} others"
)
_TOO_MANY = Text(vi="mẫu có quá nhiều chỗ điền", en="the template has too many placeholders")
_UNCLOSED = Text(vi="có ngoặc {{ hoặc {% chưa đóng", en="braces {{ or {% are not closed")
_CROWDED = Text(
    vi="phải đứng một mình trong đoạn, dòng hoặc ô của nó",
    en="stands alone in its paragraph, row or cell",
)
_CLOSES_NOTHING = Text(
    vi="không đóng phần nào: thiếu {% if %} hoặc {% for %} ở trước",
    en="closes nothing: an {% if %} or {% for %} is missing before it",
)


def _never_closed(tag: Tag) -> Text:
    return Text(
        vi=f"chưa được đóng: thiếu {{% end{tag.word} %}} ở sau",
        en=f"is never closed: {{% end{tag.word} %}} is missing after it",
    )


def _apart(opened: Tag) -> Text:
    return Text(
        vi=f"không cùng chỗ với {opened.shown}: hãy để cả hai trong cùng một đoạn, hoặc mỗi thứ "
        "một mình trong một đoạn (dòng) của cùng một ô, bảng",
        en=f"is not where {opened.shown} is: put both into one paragraph, or each alone into a "
        "paragraph (row) of the same cell or table",
    )
