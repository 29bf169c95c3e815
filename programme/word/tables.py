"""Tables that print well: fixed widths, repeated head, no row split over two pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm

from programme.word.styles import CELL, CELL_HEAD
from programme.word.xml import element, put

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

Align = Literal["left", "centre", "right"]
# tables up to this many rows stay on one page as a whole
SHORT_TABLE = 13
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


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
    """A table: caption above, columns, rows, notes below; ``alt`` tells a screen reader."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def build_table(document: "Document", content: TableContent) -> "Table":
    """Build the table at the end of the document; the caller moves it.

    Superscript marks are written between carets: ``Số CLB^(1)^``.
    """
    table: Table = document.add_table(rows=0, cols=len(content.columns))
    _lay_out(table, content)
    # python-docx would look the name up for every cell, half of the time a report takes
    cell_style, head_style = (_style_id(document, name) for name in (CELL, CELL_HEAD))
    head = table.add_row()
    for cell, column in zip(head.cells, content.columns, strict=True):
        _write(cell, column.head, head_style, "centre")
        _shade(cell, "EDEDED")
    head._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for number, row in enumerate(content.rows):
        last = number == len(content.rows) - 1
        # the notes below stay with the row above them
        keep = bool(content.notes) if last else len(content.rows) <= SHORT_TABLE
        _add_row(table, content.columns, row, cell_style, keep_with_next=keep or row.with_next)
    for made in table.rows:
        _never_split(made)
    _set_widths(table, [Mm(column.width) for column in content.columns])
    return table


def plain_grid(document: "Document", widths: Sequence[int], rows: int) -> "Table":
    """Make a table without borders, for text that stands side by side (widths in EMU)."""
    table: Table = document.add_table(rows=rows, cols=len(widths))
    _fixed(table, None)
    _set_widths(table, widths)
    for row in table.rows:
        _never_split(row)
    return table


def _style_id(document: "Document", name: str) -> str:
    found: str | None = document.styles[name].style_id
    assert found is not None
    return found


def _lay_out(table: "Table", content: TableContent) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _fixed(table, "single")
    properties = table._tbl.tblPr
    put(properties, "w:tblCaption", val=content.caption)
    put(properties, "w:tblDescription", val=content.caption)


def _fixed(table: "Table", border: str | None) -> None:
    table.autofit = False
    properties = table._tbl.tblPr
    borders = element("w:tblBorders")
    for side in _SIDES:
        if border:
            borders.append(element(f"w:{side}", val=border, sz=4, space=0, color="000000"))
        else:
            borders.append(element(f"w:{side}", val="nil"))
    layout = properties.find(qn("w:tblLayout"))
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=60, type="dxa"))
    # the schema wants borders, layout, cell margins in this order
    layout.addprevious(borders)
    layout.addnext(margins)


def _add_row(
    table: "Table", columns: Sequence[Column], row: Row, style: str, *, keep_with_next: bool
) -> None:
    made = table.add_row()
    if row.band:
        merged = made.cells[0].merge(made.cells[-1])
        paragraph = _write(merged, row.cells[0], style, "left", bold=True)
        _shade(merged, "F7F7F7")
        paragraph.paragraph_format.keep_with_next = True
        return
    for cell, column, text in zip(made.cells, columns, row.cells, strict=True):
        paragraph = _write(cell, text, style, column.align, bold=row.bold)
        if keep_with_next:
            paragraph.paragraph_format.keep_with_next = True


def _write(
    cell: "_Cell", text: str, style: str, align: Align, *, bold: bool = False
) -> "Paragraph":
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph._p.style = style
    paragraph.alignment = _ALIGN[align]
    for number, part in enumerate(text.split("^")):
        if part:
            run = paragraph.add_run(part)
            run.font.superscript = True if number % 2 else None
            if bold:
                run.font.bold = True
    put(cell._tc.get_or_add_tcPr(), "w:vAlign", val="center")
    return paragraph


def _shade(cell: "_Cell", colour: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    shade = element("w:shd", val="clear", color="auto", fill=colour)
    align = properties.find(qn("w:vAlign"))
    if align is None:
        properties.append(shade)
    else:
        align.addprevious(shade)


def _never_split(row: "_Row") -> None:
    row._tr.get_or_add_trPr().insert(0, element("w:cantSplit"))


def _set_widths(table: "Table", widths: Sequence[int]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        cells = row._tr.tc_lst
        if len(cells) == len(widths):
            for cell, width in zip(cells, widths, strict=True):
                cell.width = width
