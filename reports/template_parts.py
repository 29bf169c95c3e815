"""A part of a template (body, header, footnotes) compiled: what it asks, what is wrong in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jinja2
from docx.oxml.ns import qn
from lxml import etree

from programme.problem import Language, Text
from reports.template_faults import Fault, did_you_mean_tag
from reports.template_language import DO, DO_END, PRINT, PRINT_END, compiled, fault_of
from reports.template_tags import (
    CLOSING,
    MIDDLE,
    OPENING,
    PRINTED,
    REMARK,
    STATEMENTS,
    Tag,
    read_tags,
    tokens,
)
from reports.template_tidy import tidy

TAGS_AT_MOST = 20_000
DEPTH_AT_MOST = 12  # Python itself ends at 20 loops
_PATH = re.compile(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)*")
_SEQUENCE = re.compile(r"\s*SEQ\s+\"?(\w+)\"?(?:\s+\\\*\s+(?:ARABIC|MERGEFORMAT))*\s*", re.I)
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
    _number_sequences(root)
    if faults or not (tags or _COUNTED in etree.tostring(root, encoding="unicode")):
        return None, faults
    _mark_blocks(root, tags, body=body)
    source = _source(etree.tostring(root, encoding="unicode"), tags)
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


def _mark_blocks(root: Any, tags: Sequence[Tag], *, body: bool) -> None:
    """Let a paragraph that holds one placeholder alone give way to a table or chart."""
    for tag in tags:
        tag.alone = body and tag.alone and bool(_PATH.fullmatch(tag.code))
    alone = {f"\ue000{tag.number}\ue001": tag for tag in tags if tag.alone}
    for piece in list(root.iter(qn("w:t"))):
        held = (piece.text or "").strip()
        if held not in alone:
            continue
        tag = alone[held]
        paragraph = next(piece.iterancestors(qn("w:p")))
        page = "true" if _begins_page(paragraph) else "false"
        paragraph.addprevious(etree.ProcessingInstruction("ishc-block", f"{tag.number} {page}"))
        section = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        paragraph.addnext(etree.ProcessingInstruction("ishc-end", ""))
        if section is not None:  # the block goes before the end of its section
            ending = etree.SubElement(etree.SubElement(etree.Element(qn("w:p")), qn("w:pPr")), "x")
            ending.getparent().replace(ending, section)
            paragraph.getnext().addnext(section.getparent().getparent())


def _begins_page(paragraph: Any) -> bool:
    if paragraph.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None:
        return True
    return any(each.get(qn("w:type")) == "page" for each in paragraph.iter(qn("w:br")))


_COUNTED = "ishc-next"


def _number_sequences(root: Any) -> None:
    """Let captions (SEQ) be counted as the report is filled: a part may go, a row may repeat."""
    for simple in root.iter(qn("w:fldSimple")):
        if found := _SEQUENCE.fullmatch(simple.get(qn("w:instr"), "")):
            _count(list(simple.iter(qn("w:t"))), found[1])
    name = ""
    shown: list[Any] | None = None
    for element in root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        kind = element.get(qn("w:fldCharType"))
        if element.tag == qn("w:instrText"):
            found = _SEQUENCE.fullmatch(element.text or "")
            name = found[1] if found else ""
        elif kind == "separate":
            shown = [] if name else None
        elif kind == "end" and shown is not None:
            _count(shown, name)
            name, shown = "", None
        elif element.tag == qn("w:t") and shown is not None:
            shown.append(element)


def _count(pieces: Sequence[Any], name: str) -> None:
    for piece in pieces:
        piece.text = None
    if pieces:
        pieces[0].append(etree.ProcessingInstruction(_COUNTED, name))


def _source(xml: str, tags: Sequence[Tag]) -> str:
    """Write the part in the language of the templates; tags learn their lines."""
    line = 1
    written: list[str] = []
    for piece, number in tokens(_blocks(xml, tags)):
        text = piece if number is None else _code(tags[number])
        if number is not None:
            # a block is asked for on the line before its placeholder
            tags[number].line = line if tags[number].alone else line + 1
        line += text.count("\n")
        written.append(text)
    return "".join(written)


def _code(tag: Tag) -> str:
    if tag.word == REMARK:
        return ""
    if tag.word == PRINTED:
        return f"{PRINT}\n{tag.code}{PRINT_END}"
    return f"{DO}\n{tag.code}{DO_END}"


def _blocks(xml: str, tags: Sequence[Tag]) -> str:
    def begin(found: re.Match[str]) -> str:
        code = tags[int(found[1])].code
        placed = f"{PRINT}{code}|_place({found[2]}){PRINT_END}"
        return f"{DO}\nif {code} is _block{DO_END}{placed}{DO}else{DO_END}"

    placed = re.sub(r"<\?ishc-block (\d+) (\w+)\?>", begin, xml)
    placed = re.sub(r"<\?ishc-end ?\?>", f"{DO}endif{DO_END}", placed)
    return re.sub(rf"<\?{_COUNTED} (\w+)\?>", rf'{PRINT}"\1"|_next{PRINT_END}', placed)


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
