"""Fields of Word: which a report may hold, and those that lead outside turned into words."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_FIELDS = frozenset(
    """
    PAGE NUMPAGES SECTION SECTIONPAGES TOC TOA TC TA XE INDEX SEQ REF PAGEREF NOTEREF STYLEREF
    DATE TIME CREATEDATE SAVEDATE PRINTDATE TITLE SUBJECT AUTHOR KEYWORDS COMMENTS DOCPROPERTY
    FILENAME SYMBOL LISTNUM AUTONUM AUTONUMLGL AUTONUMOUT EQ ADVANCE HYPERLINK FORMTEXT
    FORMCHECKBOX FORMDROPDOWN CITATION BIBLIOGRAPHY NUMWORDS NUMCHARS
    """.split()
)
_FIELD = re.compile(r"\s*([A-Za-z]+|=)?")
_OUTWARD = re.compile(r"HYPERLINK(?!\s+\\l\s)", re.I)


def harmless(code: str) -> bool:
    """Tell whether a field only numbers, repeats or dates what is in the document itself."""
    found = _FIELD.match(code)
    name = (found[1] or "").upper() if found else ""
    return name == "=" or name in _FIELDS


def fields(root: Any) -> Iterator[str]:
    """Give the code of every field, put together from its pieces; a nested one by itself."""
    open_fields: list[list[str]] = []
    for element in root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:fldSimple")):
        if element.tag == qn("w:fldSimple"):
            yield element.get(qn("w:instr"), "")
        elif element.tag == qn("w:instrText"):
            if open_fields:
                open_fields[-1].append(element.text or "")
            else:
                yield element.text or ""
        elif element.get(qn("w:fldCharType")) == "begin":
            open_fields.append([])
        elif element.get(qn("w:fldCharType")) == "end" and open_fields:
            yield "".join(open_fields.pop())
    yield from ("".join(each) for each in open_fields)


def outward_fields(root: Any) -> Iterator[str]:
    """Turn fields that link outside into plain words, and give their addresses."""
    for simple in list(root.iter(qn("w:fldSimple"))):
        code = simple.get(qn("w:instr"), "")
        if _OUTWARD.match(code.strip()):
            yield code
            unwrap(simple)
    for begin in list(root.iter(qn("w:fldChar"))):
        if begin.get(qn("w:fldCharType")) != "begin":
            continue
        pieces = _until_separate(root, begin)
        code = "".join(piece.text or "" for piece in pieces if piece.tag == qn("w:instrText"))
        if _OUTWARD.match(code.strip()):
            yield code
            for piece in pieces:
                piece.getparent().remove(piece)


def _until_separate(root: Any, begin: Any) -> list[Any]:
    """Give the marks and the code of one field: what is left are the words that it shows."""
    pieces: list[Any] = []
    depth, shown = 0, False
    started = False
    for element in root.iter(qn("w:fldChar"), qn("w:instrText")):
        started = started or element is begin
        if not started:
            continue
        kind = element.get(qn("w:fldCharType"))
        depth += kind == "begin"
        if depth == 1 and (kind or not shown):
            pieces.append(element)
        shown = shown or (depth == 1 and kind == "separate")
        depth -= kind == "end"
        if depth == 0:
            break
    return pieces


def unwrap(element: Any) -> None:
    """Take an element away and leave what it holds."""
    for child in list(element):
        element.addprevious(child)
    element.getparent().remove(element)
