"""The sheet ``columns`` of ``checks.xlsx``: the tables and columns for checks, in words."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from connectors.export.columns import Wording
from connectors.export.wording import wording
from connectors.reconcile.check_sheet import require_checks
from connectors.store.cells import safe_cell
from connectors.store.tables import TableSet
from programme.problem import Text
from programme.writing import write_saved

SHEET = "columns"
LISTS, FIRST_TABLE, LAST_TABLE = "lists", 1, 200  # hidden; drop-downs take their words from it
_MOST_VALUES = 12
# the findings are what the checks make; the labels stand in this sheet
NOT_OFFERED = frozenset(
    {"finding", "finding_mended", "finding_run", "column_labels", "choice_labels"}
)
_WIDTHS = {"table": 34, "column": 30, "vi": 56, "en": 56, "kind": 22, "values": 60}
_HEADERS = {
    "table": "table\nBảng", "column": "column\nCột", "vi": "vi\nTiếng Việt", "en": "en\nEnglish",
    "kind": "kind\nKiểu", "values": "values\nGiá trị có thể có",
}  # fmt: skip
_LINE = Border(bottom=Side(style="thin", color="D9D9D9"))

Row = tuple[str, str, str, str, str, str]


def write_columns(path: Path, tables: TableSet) -> int:
    """Write the sheet anew, and the tables that the drop-down offers; the checks stay as they are.

    Args:
        path: ``checks.xlsx``.
        tables: of the current run, without names.

    Returns:
        The number of columns listed.

    Raises:
        ProblemError: ``check-file-missing``, ``check-file-unreadable``, ``check-sheet-missing``.
    """
    require_checks(path)
    book = openpyxl.load_workbook(path)
    rows = list(_rows(tables))
    _write(book, rows)
    _offer(book, list(dict.fromkeys(row[0] for row in rows)))
    write_saved(path, book.save, private=False)
    return len(rows)


def _rows(tables: TableSet) -> Iterator[Row]:
    vi, en = wording(tables, "vi"), wording(tables, "en")
    for name in tables.names:
        if name in NOT_OFFERED:
            continue
        for field in pq.read_schema(tables.path(name)):
            values = _values(vi, name, field.name)
            kind = _kind(field.type, is_money=vi.is_money(name, field.name))
            label = Text(vi.column(name, field.name), en.column(name, field.name))
            yield (name, field.name, label.vi, label.en, f"{kind.vi} · {kind.en}", values)


def _values(words: Wording, table: str, column: str) -> str:
    names = list(words.choices(table, column))
    if not names or len(names) > _MOST_VALUES:  # communes, clubs: nobody looks for them here
        return ""
    return ", ".join(f"'{name}' {words.choice(table, column, name)}" for name in names)


def _kind(kind: pa.DataType, *, is_money: bool) -> Text:
    if is_money:
        return Text("đồng", "VND")
    if pa.types.is_boolean(kind):
        return Text("đúng, sai", "true, false")
    if pa.types.is_timestamp(kind):
        return Text("giờ", "time")
    if pa.types.is_date(kind):
        return Text("ngày", "day")
    if pa.types.is_list(kind):
        return Text("nhiều chữ", "several words")
    return Text("chữ", "text") if pa.types.is_string(kind) else Text("số", "number")


def _write(book: Workbook, rows: list[Row]) -> None:
    place = len(book.sheetnames)
    if SHEET in book.sheetnames:
        place = book.sheetnames.index(SHEET)
        del book[SHEET]
    sheet: Worksheet = book.create_sheet(SHEET, min(place, 1))
    for number, (name, width) in enumerate(_WIDTHS.items(), 1):
        cell = sheet.cell(1, number, _HEADERS[name])
        cell.font, cell.fill = (
            Font(bold=True, color="FFFFFF"),
            PatternFill("solid", fgColor="2E7D32"),
        )
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(number)].width = width
    for at, row in enumerate(rows, 2):
        for number, value in enumerate(row, 1):
            cell = sheet.cell(at, number, safe_cell(value))
            cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), _LINE
            cell.font = Font(bold=number == 2)  # noqa: PLR2004 - the column's own name
    sheet.row_dimensions[1].height = 34
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_WIDTHS))}{len(rows) + 1}"


def _offer(book: Workbook, tables: list[str]) -> None:
    if LISTS not in book.sheetnames:  # somebody's own workbook without the drop-downs
        return
    sheet = book[LISTS]
    for at in range(FIRST_TABLE, LAST_TABLE + 1):
        sheet.cell(at, 2).value = tables[at - 1] if at <= len(tables) else None
    if "tables" in book.defined_names:
        book.defined_names["tables"].attr_text = f"{LISTS}!$B$1:$B${max(1, len(tables))}"
