"""Room for what people write: a content control whose text survives the next report."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from programme.word.styles import BODY
from programme.word.xml import attribute, paragraph, plain, run

TAG = "text:"
_WIDTH = 9350  # twips from margin to margin
_DOTTED = (
    f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{_WIDTH}"/></w:tabs>'
    '<w:ind w:firstLine="0"/>'
)
_DOTS = frozenset(" .…·_\t\u00a0")
_LARGEST_ID = 0x7FFFFFFF


@dataclass(frozen=True, slots=True)
class TextField:
    """A text of people's own: causes, lessons, proposals.

    Args:
        section: stable name, ``causes``; the tag of the control is ``text:causes``.
        label: what Word shows on the control, ``Nguyên nhân``.
        paragraphs: what is known already; without any a dotted hint stands there.
        hint: what to write, shown until somebody does.
        lines: dotted lines that the empty field shows, for filling in by hand.
    """

    section: str
    label: str
    paragraphs: tuple[str, ...] = ()
    hint: str = ""
    lines: int = 3


def text_field_xml(field: TextField, styles: Mapping[str, str], number: int) -> str:
    """Write the content control.

    Args:
        styles: identities of the paragraph styles by their names.
        number: tells two controls of one section in one document apart.
    """
    body = styles[BODY]
    if field.paragraphs:
        inside = "".join(paragraph(text, body) for text in field.paragraphs)
    else:
        lines = max(field.lines, not field.hint)
        hint = _empty(body, "", run(field.hint, "<w:i/>"), last=not lines)
        dotted = [_empty(body, _DOTTED, "<w:r><w:tab/></w:r>", last=last) for last in (False, True)]
        inside = (
            (hint if field.hint else "") + dotted[False] * (lines - 1) + dotted[True] * (lines > 0)
        )
    identity = 1 + (zlib.crc32(field.section.encode()) + number) % _LARGEST_ID
    empty = "" if field.paragraphs else "<w:showingPlcHdr/>"
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={attribute(field.label)}/>"
        f'<w:tag w:val={attribute(TAG + field.section)}/><w:id w:val="{identity}"/>'
        f'<w:lock w:val="sdtLocked"/>{empty}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'
    )


def _empty(style: str, layout: str, content: str, *, last: bool) -> str:
    """Write a paragraph of an empty field, all of which stays on one page."""
    keep = "" if last else "<w:keepNext/>"
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{layout}</w:pPr>{content}</w:p>'


def read_text_fields(root: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give section and paragraphs of every control that holds people's text, dots left out."""
    for control in root.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        name = tag.get(qn("w:val"), "") if tag is not None else ""
        content = control.find(qn("w:sdtContent"))
        if not name.startswith(TAG) or content is None:
            continue
        written = (_text(each) for each in content.iter(qn("w:p")))
        yield name.removeprefix(TAG), tuple(text for text in written if set(text) - _DOTS)


def _text(element: Any) -> str:
    parts: list[str] = []
    for piece in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen")):
        if piece.tag == qn("w:t"):
            parts.append(piece.text or "")
        elif piece.getparent().tag == qn("w:r"):  # not a tab stop of the paragraph
            parts.append({"tab": "\t", "br": "\n"}.get(piece.tag.rsplit("}", 1)[-1], "-"))
    return plain("".join(parts)).strip()
