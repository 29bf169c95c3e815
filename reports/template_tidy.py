"""A template made plain before its tags are read: no tracked changes, no traces of editing."""

import re
from typing import Any

from docx.oxml.ns import qn

from reports.template_fields import fields, unwrap

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TRACES = re.compile(rf"(?:\{{[^}}]*\}}rsid\w*|{re.escape(_W14)}(?:paraId|textId))$")
_DROPPED = ("del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange")
_DROPPED_TOO = ("trPrChange", "tcPrChange", "tblGridChange", "proofErr", "lastRenderedPageBreak")
_KEPT = ("ins", "moveTo", "smartTag")
_MOVES = ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")
_CONTENTS = re.compile(r"\s*(?:TOC|PAGEREF|REF|NOTEREF|TOA|INDEX)\b", re.I)


def tidy(root: Any) -> None:
    """Accept tracked changes, drop what Word notes for itself, and let contents be made anew.

    Only fields that gather or repeat are marked for Word to update, and only where there are any:
    Word asks its reader before it does.
    """
    for name in (*_DROPPED, *_DROPPED_TOO, *_MOVES):
        for element in list(root.iter(qn(f"w:{name}"))):
            _drop(element)
    for name in _KEPT:
        for element in list(root.iter(qn(f"w:{name}"))):
            if len(element):
                unwrap(element)
            else:
                _drop(element)  # the mark of an inserted paragraph or row
    for element in root.iter():
        for attribute in [each for each in element.attrib if _TRACES.search(each)]:
            del element.attrib[attribute]
    if any(_CONTENTS.match(code) for code in fields(root)):
        _update_contents(root)


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _update_contents(root: Any) -> None:
    begin = None
    for element in root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:fldSimple")):
        if element.tag == qn("w:fldSimple"):
            if _CONTENTS.match(element.get(qn("w:instr"), "")):
                element.set(qn("w:dirty"), "true")
        elif element.tag == qn("w:instrText"):
            if begin is not None and _CONTENTS.match(element.text or ""):
                begin.set(qn("w:dirty"), "true")
            begin = None
        elif element.get(qn("w:fldCharType")) == "begin":
            begin = element
