"""Tables that print well: fixed widths, repeated head, no row split over two pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table

from programme.word.styles import CELL, CELL_HEAD
from programme.word.xml import attribute, run

if TYPE_CHECKING:
    from docx.document import Document

Align = Literal["left", "centre", "right"]
# tables up to this many rows stay on one page as a whole
SHORT_TABLE = 13
FEWEST_ROWS = 3  # of a longer one on its first and its last page
TALL_LINES = 25  # lines of a cell from which on its row may be split
_MM_A_LETTER = 2
TWIPS_A_MM = 1440 / 25.4
_EMU_A_TWIP = 635
_ALIGN: Mapping[Align, str] = {"left": "left", "centre": "center", "right": "right"}
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_MARGINS = (
    '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
)
_KEEP = "<w:keepNext/>"
_NEVER_SPLIT = "<w:cantSplit/>"
_SUPERSCRIPT = '<w:vertAlign w:val="superscript"/>'


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what its head says, how wide it is (mm), how its cells align."""

    head: str
    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells as they are printed.

    Args:
        band: one cell over all columns, a heading inside the table.
        with_next: stays on one page with the row below it.
    """

    cells: tuple[str, ...]
    bold: bool = False
    band: bool = False
    with_next: bool = False


@dataclass(frozen=True, slots=True)
class TableContent:
    """A table: caption above, columns, rows, notes below; the caption is its alternative text."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def build_table(document: "Document", content: TableContent) -> Table:
    """Build the table at the end of the document; the caller moves it."""
    styles = {name: _style_id(document, name) for name in (CELL, CELL_HEAD)}
    xml = table_xml(content, styles).replace("<w:tbl>", f"<w:tbl {nsdecls('w')}>", 1)
    made = parse_xml(xml)
    document.element.body._insert_tbl(made)
    return Table(made, document._body)


def table_xml(content: TableContent, styles: Mapping[str, str]) -> str:
    """Write the table, without caption and notes.

    Superscript marks are written between carets: ``Số CLB^(1)^``.

    Args:
        styles: identities of the paragraph styles by their names.
    """
    twips = [round(column.width * TWIPS_A_MM) for column in content.columns]
    cell, head = styles[CELL], styles[CELL_HEAD]
    parts = [_properties(content.caption, twips)]
    heads = "".join(
        _cell(column.head, width, head, "centre", shade="EDEDED")
        for column, width in zip(content.columns, twips, strict=True)
    )
    parts.append(f"<w:tr><w:trPr>{_NEVER_SPLIT}<w:tblHeader/></w:trPr>{heads}</w:tr>")
    last = len(content.rows) - 1
    tall = [_is_tall(row, content.columns) for row in content.rows]
    short = len(content.rows) <= SHORT_TABLE and not any(tall)
    for number, row in enumerate(content.rows):
        # no page has only one or two rows of a table, and the notes stay with the last row
        edge = number < FEWEST_ROWS - 1 or number > last - FEWEST_ROWS
        keep = (bool(content.notes) if number == last else short or edge) or row.with_next
        keep = keep and not tall[number]
        parts.append(_row(row, content.columns, twips, cell, keep=keep, split=tall[number]))
    return "".join((*parts, "</w:tbl>"))


def plain_grid(document: "Document", widths: Sequence[int], rows: int) -> Table:
    """Make a table without borders, for text that stands side by side (widths in EMU)."""
    twips = [round(width / _EMU_A_TWIP) for width in widths]
    row = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p/></w:tc>'
        for width in twips
    )
    xml = (
        _properties(None, twips)
        + f"<w:tr><w:trPr>{_NEVER_SPLIT}</w:trPr>{row}</w:tr>" * rows
        + "</w:tbl>"
    )
    made = parse_xml(xml.replace("<w:tbl>", f"<w:tbl {nsdecls('w')}>", 1))
    document.element.body._insert_tbl(made)
    return Table(made, document._body)


def _style_id(document: "Document", name: str) -> str:
    found: str | None = document.styles[name].style_id
    assert found is not None
    return found


def _properties(caption: str | None, twips: Sequence[int]) -> str:
    """Write what comes before the rows; the schema fixes the order of the elements."""
    bordered = caption is not None
    looks = 'val="single" w:sz="4" w:space="0" w:color="000000"' if bordered else 'val="nil"'
    borders = "".join(f"<w:{side} w:{looks}/>" for side in _SIDES)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    centred = '<w:jc w:val="center"/>' if bordered else ""
    said = ""
    if caption is not None:
        words = attribute(caption)
        said = f"<w:tblCaption w:val={words}/><w:tblDescription w:val={words}/>"
    return (
        f'<w:tbl><w:tblPr><w:tblW w:type="auto" w:w="0"/>{centred}'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/>{_MARGINS}'
        f'<w:tblLook w:val="04A0" w:firstRow="1" w:noVBand="1"/>{said}'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    )


def _row(
    row: Row,
    columns: Sequence[Column],
    twips: Sequence[int],
    style: str,
    *,
    keep: bool,
    split: bool,
) -> str:
    if row.band:
        cells = _cell(
            row.cells[0], sum(twips), style, "left", "F7F7F7", len(twips), bold=True, keep=True
        )
    else:
        cells = "".join(
            _cell(text, width, style, column.align, bold=row.bold, keep=keep)
            for text, width, column in zip(row.cells, twips, columns, strict=True)
        )
    properties = "" if split else f"<w:trPr>{_NEVER_SPLIT}</w:trPr>"
    return f"<w:tr>{properties}{cells}</w:tr>"


def _is_tall(row: Row, columns: Sequence[Column]) -> bool:
    """Tell whether a row may fill most of a page: kept whole, LibreOffice never finds its place."""
    return any(
        len(text) * _MM_A_LETTER > column.width * TALL_LINES or text.count("\n") > TALL_LINES
        for text, column in zip(row.cells, columns, strict=False)
    )


def _cell(
    text: str,
    width: int,
    style: str,
    align: Align,
    shade: str = "",
    span: int = 1,
    *,
    bold: bool = False,
    keep: bool = False,
) -> str:
    looks = "<w:b/>" if bold else ""
    if "^" in text:
        runs = "".join(
            run(part, looks + (_SUPERSCRIPT if number % 2 else ""))
            for number, part in enumerate(text.split("^"))
            if part
        )
    else:
        runs = run(text, looks) if text else ""
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{over}{fill}<w:vAlign w:val="center"/>'
        f'</w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>{_KEEP if keep else ""}'
        f'<w:jc w:val="{_ALIGN[align]}"/></w:pPr>{runs}</w:p></w:tc>'
    )
