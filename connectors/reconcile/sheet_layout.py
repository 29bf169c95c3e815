"""How a sheet of findings is laid out: read on paper as well as on a small screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from textwrap import wrap
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from connectors.reconcile.finding_words import CHOOSE, OPEN_LINK, WRITE_DAY
from connectors.store.cells import safe_cell
from programme.problem import Language, Text

Row = Mapping[str, Any]

_FILLS = {"error": "F8D7DA", "warning": "FFF3CD", "note": "E2E3E5"}
_HEADER = PatternFill("solid", fgColor="1F4E79")
_SIDE = Side(style="thin", color="BFBFBF")
_LINE = Border(left=_SIDE, right=_SIDE, bottom=_SIDE)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_TO_FILL = PatternFill("solid", fgColor="FFFDE7")
_LINK = Font(name="Calibri", color="0563C1", underline="single")
FONT = "Calibri"  # that of the cells, unless told otherwise
HELP_ROW, HEADER_ROW = 3, 4
LINE_HEIGHT = 15  # points, for the 11 points of the text
HIGHEST = 409  # points, the most that Excel takes
FILLED = 0.95  # of a column's width: letters with marks, and fonts wider than Excel's own
MARGIN = 0.4  # inches


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet.

    Args:
        header: what stands above it.
        width: in characters; up to 135 together stay readable on A4 across: 11 points
            in Excel's own font, 9 where a wider one stands in for it.
        value: of a row, in a language.
        printed: it goes on paper; those that do not stand at the right.
        is_link: the value is an address to go to.
        asks: what people are to write here: a word of a list, text or a day; None where nothing.
    """

    header: Text
    width: int
    value: Callable[[Row, Language], Any]
    printed: bool = True
    is_link: bool = False
    asks: Literal["choice", "text", "day"] | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a table: a title, the state of the data, what to do with it."""

    title: str
    state: str
    guide: str


def write_sheet(
    book: Workbook,
    name: Text,
    head: Head,
    columns: Sequence[SheetColumn],
    rows: Sequence[Row],
    language: Language,
    *,
    frozen: int = 0,
    choices: Sequence[str] = (),
) -> None:
    """Add a sheet to a workbook; the first takes the place of the empty one.

    Args:
        name: of the sheet.
        head: above the table.
        columns: printed ones first.
        rows: with ``severity`` where the first cell is to be coloured.
        language: of headers and values.
        frozen: how many columns stay in sight at the left.
        choices: words to choose from in the columns that ask for one.
    """
    first = book.active if book.sheetnames == ["Sheet"] else None
    sheet: Worksheet = first if isinstance(first, Worksheet) else book.create_sheet()
    sheet.title = name.in_(language)
    printed = [column for column in columns if column.printed]
    _write_head(sheet, head, sum(column.width for column in printed), len(printed))
    _write_header(sheet, columns, language)
    looks: dict[Any, StyleArray] = {}
    for at, row in enumerate(rows, HEADER_ROW + 1):
        _write_row(sheet, at, columns, row, language, looks)
    last = HEADER_ROW + len(rows)
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(columns))}{last}"
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{HEADER_ROW + 1}"
    if rows:
        _ask(sheet, columns, last, language, choices)
    _set_paper(sheet, f"A1:{get_column_letter(len(printed))}{last}")


def _write_head(sheet: Worksheet, head: Head, width: int, columns: int) -> None:
    for at, text in enumerate((head.title, head.state, head.guide), 1):
        sheet.cell(at, 1, safe_cell(text))
    sheet["A1"].font = Font(name=FONT, bold=True, size=14)
    sheet["A2"].font = Font(name=FONT, italic=True)
    sheet.merge_cells(start_row=HELP_ROW, end_row=HELP_ROW, start_column=1, end_column=columns)
    sheet.cell(HELP_ROW, 1).alignment = _WRAPPED
    _set_height(sheet, HELP_ROW, _lines(head.guide, width), space=LINE_HEIGHT // 2)


def _write_header(sheet: Worksheet, columns: Sequence[SheetColumn], language: Language) -> None:
    most = 1
    for number, column in enumerate(columns, 1):
        text = column.header.in_(language)
        cell = sheet.cell(HEADER_ROW, number, text)
        cell.font, cell.fill = Font(name=FONT, bold=True, color="FFFFFF"), _HEADER
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        most = max(most, _lines(text, column.width - 2))  # bold, and the filter's button
    _set_height(sheet, HEADER_ROW, most)


def _write_row(
    sheet: Worksheet,
    at: int,
    columns: Sequence[SheetColumn],
    row: Row,
    language: Language,
    looks: dict[Any, StyleArray],
) -> None:
    most = 1
    for number, column in enumerate(columns, 1):
        value = safe_cell(column.value(row, language))
        cell = sheet.cell(at, number, value)
        links = column.is_link and bool(value)
        if links:
            cell.hyperlink = value
            cell.value = OPEN_LINK.in_(language)
        severity = row.get("severity") if number == 1 else None
        key = (number, severity, links)
        if key not in looks:
            _dress(cell, column, severity, links=links)
            looks[key] = cell._style
        cell._style = looks[key]  # one look a column: a thousand rows are dressed as quickly as one
        if column.printed:
            most = max(most, _lines(str(value or ""), column.width))
    # programs other than Excel do not make rows higher by themselves
    _set_height(sheet, at, most)


def _dress(cell: Cell, column: SheetColumn, severity: str | None, *, links: bool) -> None:
    cell.alignment, cell.border = _WRAPPED, _LINE
    if column.asks:
        cell.fill = _TO_FILL
        cell.number_format = "dd/mm/yyyy" if column.asks == "day" else "@"
    if links:
        cell.font = _LINK
    if severity:
        cell.fill = PatternFill("solid", fgColor=_FILLS[severity])


def _ask(
    sheet: Worksheet,
    columns: Sequence[SheetColumn],
    last: int,
    language: Language,
    choices: Sequence[str],
) -> None:
    """Offer the words of a list, and take days only where a day is asked."""
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        area = f"{letter}{HEADER_ROW + 1}:{letter}{last}"
        if column.asks == "choice":
            rule = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            told = CHOOSE.in_(language)
        elif column.asks == "day":
            rule = DataValidation("date", operator="greaterThan", formula1="43831")  # 2020
            told = WRITE_DAY.in_(language)
        else:
            continue
        rule.error, rule.prompt = told, told
        rule.showErrorMessage = rule.showInputMessage = True
        sheet.add_data_validation(rule)
        rule.add(area)


@lru_cache(maxsize=10_000)  # what to do and many a sentence stand there over and over
def _lines(text: str, width: int) -> int:
    """How many lines a text takes, words kept whole."""
    letters = max(1, int(width * FILLED))
    return sum(max(1, len(wrap(each, letters))) for each in text.splitlines() or [""])


def _set_height(sheet: Worksheet, at: int, lines: int, space: int = 4) -> None:
    sheet.row_dimensions[at].height = min(HIGHEST, ceil(LINE_HEIGHT * lines + space))


def _set_paper(sheet: Worksheet, area: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_area = area
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = MARGIN
    margins.bottom = 2 * MARGIN
    margins.footer = MARGIN
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&P / &N"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
