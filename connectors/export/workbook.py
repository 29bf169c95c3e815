"""One Excel workbook with a sheet a table, split where Excel has no more rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from connectors.export.columns import OutColumn
from connectors.export.sources import Source
from connectors.store.cells import all_digits, cell_text
from programme.problem import Text
from programme.progress import Progress
from programme.writing import write_saved

EXCEL_ROWS = 1_048_576
LONGEST_SHEET_NAME = 31
HEAD = Font(name="Calibri", bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="1F4E79")
NARROW, WIDE = 12, 40  # characters
THOUSANDS = "#,##0"
RUN = ("=", "+", "-", "@")
HEAD_HEIGHT = 45  # points, three lines of a label
LOOKED_AT = 200  # rows that decide how wide a column is


@dataclass(frozen=True, slots=True)
class Front:
    """The first sheet: what the workbook holds.

    Args:
        sheet: its name.
        lines: told one below the other, above the list of sheets.
        heads: above the list: sheet, table, rows.
        columns: name of the last sheet, which tells the stable name behind each header.
        column_heads: above it: table, header, name.
    """

    sheet: str
    lines: Sequence[str]
    heads: tuple[str, str, str]
    columns: str
    column_heads: tuple[str, str, str]


def write_workbook(
    sources: Sequence[Source],
    path: Path,
    front: Front,
    progress: Progress,
    most_rows: int = EXCEL_ROWS,
) -> None:
    """Write the workbook; text that Excel would run as a formula stays text.

    Args:
        most_rows: of a sheet, its header included.
    """
    book = openpyxl.Workbook(write_only=True)
    kept = (front.sheet, front.columns)
    sheets = sheet_names(sources, most_rows, kept)
    names = dict(zip((each.name for each in sources), sheets, strict=True))
    _front(book, sources, front, names)
    for number, source in enumerate(sources):
        progress(Text(vi="đang ghi Excel", en="writing Excel"), number, len(sources))
        _sheets(book, source, names[source.name], most_rows)
    _dictionary(book, sources, front)
    write_saved(path, book.save)


def sheet_names(
    sources: Sequence[Source], most_rows: int, kept: Sequence[str] = ()
) -> list[list[str]]:
    """Name the sheets of each table; Excel takes 31 letters and no name twice."""
    taken = {name.lower() for name in kept}
    named = []
    for source in sources:
        parts = max(1, -(-source.rows // (most_rows - 1)))
        named.append([_free(source.name, part, parts, taken) for part in range(1, parts + 1)])
    return named


def _free(name: str, part: int, parts: int, taken: set[str]) -> str:
    tail = f" ({part})" if parts > 1 else ""
    sheet = name[: LONGEST_SHEET_NAME - len(tail)] + tail
    number = 2
    while sheet.lower() in taken:
        end = f"~{number}{tail}"
        sheet, number = name[: LONGEST_SHEET_NAME - len(end)] + end, number + 1
    taken.add(sheet.lower())
    return sheet


def _front(
    book: openpyxl.Workbook, sources: Sequence[Source], front: Front, names: dict[str, list[str]]
) -> None:
    sheet = book.create_sheet(front.sheet)
    for letter, width in zip("ABC", (36, 44, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    for line in front.lines:
        sheet.append([cell_text(line)])
    sheet.append([])
    sheet.append(list(head_cells(sheet, front.heads)))
    row = len(front.lines) + 2  # what stands above the list
    for source in sources:
        for name in names[source.name]:
            row += 1
            link = WriteOnlyCell(sheet, name)
            link.hyperlink = Hyperlink(ref=f"A{row}", location=f"'{name}'!A1")
            link.style = "Hyperlink"
            sheet.append([link, source.name, source.rows])


def _dictionary(book: openpyxl.Workbook, sources: Sequence[Source], front: Front) -> None:
    sheet = book.create_sheet(front.columns)
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABC", (36, 60, 36), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(list(head_cells(sheet, front.column_heads)))
    for source in sources:
        for column in source.columns:
            sheet.append([source.name, cell_text(column.header), column.name])


def _sheets(book: openpyxl.Workbook, source: Source, names: Sequence[str], most_rows: int) -> None:
    rows = _rows(source)
    first = list(islice(rows, LOOKED_AT))
    widths = [_width(column.header, values) for column, values in _with_values(source, first)]
    rows = chain(first, rows)
    money = [column.money for column in source.columns]
    for name in names:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        sheet.row_dimensions[1].height = HEAD_HEIGHT
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        last = get_column_letter(len(source.columns))
        sheet.auto_filter.ref = f"A1:{last}{min(source.rows + 1, most_rows)}"
        sheet.append(list(head_cells(sheet, [column.header for column in source.columns])))
        for _, row in zip(range(most_rows - 1), rows, strict=False):
            sheet.append(list(_cells(sheet, row, money)))


def _with_values(
    source: Source, rows: Sequence[Sequence[Any]]
) -> Iterator[tuple[OutColumn, Sequence[Any]]]:
    for number, column in enumerate(source.columns):
        yield column, [row[number] for row in rows]


def _width(header: str, values: Sequence[Any]) -> int:
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return min(WIDE, max(NARROW, longest + 2, min(len(header), longest + NARROW)))


def head_cells(sheet: Any, headers: Sequence[str]) -> Iterator[Cell]:
    """Make the cells of a head row."""
    for header in headers:
        cell = WriteOnlyCell(sheet, cell_text(header))
        cell.font, cell.fill = HEAD, HEAD_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        yield cell


def _rows(source: Source) -> Iterator[list[Any]]:
    for batch in source.batches():
        columns = [batch.column(number).to_pylist() for number in range(batch.num_columns)]
        yield from (list(row) for row in zip(*columns, strict=True))


def _cells(sheet: Any, row: Sequence[Any], money: Sequence[bool]) -> Iterator[Any]:
    for value, amount in zip(row, money, strict=True):
        if isinstance(value, str):
            yield text_cell(sheet, cell_text(value))
        elif amount and value is not None:
            cell = WriteOnlyCell(sheet, value)
            cell.number_format = THOUSANDS
            yield cell
        else:
            yield float(value) if isinstance(value, Decimal) else all_digits(value)


def text_cell(sheet: Any, text: str) -> Any:
    """Make a cell of text (from ``cell_text``) that Excel never runs as a formula."""
    if not text.startswith(RUN):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.quotePrefix = "s", True  # text it was, and text it stays when edited
    return cell
