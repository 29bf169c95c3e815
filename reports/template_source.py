"""A part of a template written in the templates' own language, to be compiled."""

import re
from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from reports.template_language import DO, DO_END, PRINT, PRINT_END
from reports.template_tags import PRINTED, REMARK, Tag, tokens

COUNTED = "ishc-next"  # where the number of a caption stands
_PATH = re.compile(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)*")
_SEQUENCE = re.compile(r"\s*SEQ\s+\"?(\w+)\"?(?:\s+\\\*\s+(?:ARABIC|MERGEFORMAT))*\s*", re.I)


def mark_blocks(root: Any, tags: Sequence[Tag], *, body: bool) -> None:
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


def number_sequences(root: Any) -> None:
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
        pieces[0].append(etree.ProcessingInstruction(COUNTED, name))


def write_source(xml: str, tags: Sequence[Tag]) -> str:
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
    return re.sub(rf"<\?{COUNTED} (\w+)\?>", rf'{PRINT}"\1"|_next{PRINT_END}', placed)
