"""The tags of a template, wherever Word split them: ``{{ … }}``, ``{% … %}``, ``{# … #}``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from docx.oxml.ns import qn
from lxml import etree

Level = Literal["inline", "p", "tr", "tc"]
PRINTED, REMARK = "print", "remark"
OPENING, MIDDLE, CLOSING = ("if", "for"), ("elif", "else"), ("endif", "endfor")
STATEMENTS = (*OPENING, *MIDDLE, *CLOSING, "set")
BRACES_AT_MOST = 2000  # in one paragraph
TOKEN, TOKEN_END = "\ue000", "\ue001"
_TOKEN = re.compile(rf"{TOKEN}(\d+){TOKEN_END}")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_TAG = re.compile(r"\{\{.{0,500}?\}\}|\{%.{0,500}?%\}|\{#.{0,500}?#\}", re.S)
_UNCLOSED = re.compile(r"\{\{|\{%|\{#")
_LEVEL = re.compile(
    r"\{%-?\s*(p|tr|tc)\s+(?=(?:if|for|elif|else|endif|endfor|set)\b)|\{[{%](?:p|r)\s"
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})
# what a paragraph may hold besides text; a tag beside it does not stand alone
_SHOWN = ("drawing", "pict", "object", "fldChar", "fldSimple", "sym", "footnoteReference")


@dataclass(slots=True, eq=False)
class Tag:
    """One tag.

    Args:
        number: in the order of its part.
        word: ``print``, ``remark``, or the first word of a statement (``if``, ``endfor``).
        code: what stands between the braces.
        level: what the tag takes away with it: nothing, its paragraph, table row or cell.
        inside: the element that what it opens has to be closed in.
        paragraph: the text of its paragraph, for a person to find it by.
        alone: a block may take the place of its paragraph.
        asked: names, and attributes of names, that it reads from the report.
        line: of the compiled part.
    """

    number: int
    word: str
    code: str
    level: Level
    inside: Any
    paragraph: str
    alone: bool = False
    asked: frozenset[tuple[str, str]] = frozenset()
    line: int = 0

    @property
    def shown(self) -> str:
        """The tag as it is written in a problem."""
        return f"{{{{ {self.code} }}}}" if self.word == PRINTED else f"{{% {self.code} %}}"


def read_tags(root: Any) -> tuple[list[Tag], list[str], list[Tag]]:
    """Find every tag of a part and put a token in its place, in one run of text.

    Tokens of statements that take their paragraph, row or cell away stand in its stead.

    Returns:
        The tags; paragraphs with braces that nothing closes; tags that would take other text
        away with them.
    """
    tags: list[Tag] = []
    unclosed: list[str] = []
    for paragraph in list(root.iter(qn("w:p"))):
        pieces = [each for each in paragraph.iter(qn("w:t")) if _owner(each) is paragraph]
        text = "".join(each.text or "" for each in pieces)
        if _PRIVATE.search(text):
            for each in pieces:
                each.text = _PRIVATE.sub("", each.text or "")
            text = "".join(each.text or "" for each in pieces)
        if "{" not in text:
            continue
        if text.count("{") > BRACES_AT_MOST or _UNCLOSED.search(_TAG.sub("", text)):
            unclosed.append(text)
            continue
        found = [_tag(match[0], len(tags) + n, text) for n, match in enumerate(_TAG.finditer(text))]
        if found:
            _set_tokens(pieces, [each.span() for each in _TAG.finditer(text)], found)
            _set_levels(paragraph, _TAG.sub("", text), found)
            tags += found
    for row in list(root.iter(qn("w:tr"))):
        _set_row_level(row, tags)
    crowded = [tag for tag in tags if not _lift(tag, tags)]
    return tags, unclosed, crowded


def _owner(piece: Any) -> Any:
    return next(piece.iterancestors(qn("w:p")), None)


def _tag(written: str, number: int, paragraph: str) -> Tag:
    level = _LEVEL.match(written)
    start = level.end() if level else 2
    code = " ".join(written[start:-2].strip("- \t\n").translate(_QUOTES).split())
    if written.startswith("{%"):
        word = code.split(maxsplit=1)[0] if code else ""
    else:
        word = REMARK if written.startswith("{#") else PRINTED
    lifted: Level = level[1] if level and level[1] else "inline"  # type: ignore[assignment]
    return Tag(number, word, code, lifted, None, paragraph)


def _set_tokens(
    pieces: Sequence[Any], spans: Sequence[tuple[int, int]], tags: Sequence[Tag]
) -> None:
    """Write each tag's token where its first letter stood, and take its other letters away."""
    starts = {span[0]: tag for span, tag in zip(spans, tags, strict=True)}
    inside = {place for start, end in spans for place in range(start, end)}
    place = 0
    for piece in pieces:
        letters: list[str] = []
        for letter in piece.text or "":
            if place in starts:
                tag = starts[place]
                letters.append(f"{TOKEN}{tag.number}{TOKEN_END}")
                tag.inside = piece
            elif place not in inside:
                letters.append(letter)
            place += 1
        piece.text = "".join(letters)
        if letters:
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _set_levels(paragraph: Any, others: str, tags: Sequence[Tag]) -> None:
    nothing_else = not others.strip() and not _holds(paragraph)
    statements = all(tag.word not in (PRINTED,) for tag in tags)
    if nothing_else and statements:
        for tag in tags:
            tag.level = "p" if tag.level == "inline" else tag.level
    tag = tags[0]
    tag.alone = (
        len(tags) == 1
        and tag.word == PRINTED
        and nothing_else
        and next(paragraph.iterancestors(qn("w:txbxContent")), None) is None
    )


def _holds(element: Any) -> bool:
    return any(next(element.iter(qn(f"w:{name}")), None) is not None for name in _SHOWN)


def _set_row_level(row: Any, tags: Sequence[Tag]) -> None:
    """Let a row go with the one tag that it holds and nothing else."""
    text = "".join(each.text or "" for each in row.iter(qn("w:t"))).strip()
    if not (text.startswith(TOKEN) and text.endswith(TOKEN_END) and text.count(TOKEN) == 1):
        return
    tag = tags[int(text[1:-1])]
    if tag.level == "p" and tag.word in (*OPENING, *MIDDLE, *CLOSING) and not _holds(row):
        tag.level = "tr"


def _lift(tag: Tag, tags: Sequence[Tag]) -> bool:
    """Put the token of a statement where its paragraph, row or cell stood.

    Returns:
        Whether nothing else stood there.
    """
    piece = tag.inside
    if tag.level == "inline":
        tag.inside = piece.getparent().getparent()
        return True
    element = next(piece.iterancestors(qn(f"w:{tag.level}")), None)
    if element is None:  # {%tr %} outside a table
        tag.level, element = "p", _owner(piece)
    text = "".join(each.text or "" for each in element.iter(qn("w:t")))
    others = [int(number) for number in _TOKEN.findall(text)]
    alone = not _TOKEN.sub("", text).strip()
    tag.inside = element.getparent()
    element.addprevious(etree.ProcessingInstruction("ishc", str(tag.number)))
    piece.text = piece.text.replace(f"{TOKEN}{tag.number}{TOKEN_END}", "", 1)
    if others == [tag.number]:
        _remove(element)
    return alone and all(tags[other].level == tag.level for other in others)


def _remove(element: Any) -> None:
    """Take an element away; what other places refer to, and an end of section, stay."""
    for name in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(element.iter(qn(f"w:{name}"))):
            element.addprevious(mark)
    if next(element.iter(qn("w:sectPr")), None) is not None:
        for child in list(element):
            if child.tag != qn("w:pPr"):
                element.remove(child)
        return
    element.getparent().remove(element)


def tokens(source: str) -> Iterator[tuple[str, int | None]]:
    """Split a part into pieces of XML and the numbers of tags."""
    place = 0
    for found in re.finditer(rf"<\?ishc (\d+)\?>|{TOKEN}(\d+){TOKEN_END}", source):
        yield source[place : found.start()], None
        yield "", int(found[1] or found[2])
        place = found.end()
    yield source[place:], None
