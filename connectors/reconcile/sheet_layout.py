"""How a sheet of findings is laid out: read on paper as well as on a small screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import ceil
from typing import IO, Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from connectors.reconcile.finding_words import CHOOSE, OPEN_LINK, WRITE_DAY
from connectors.store.cells import safe_cell
from programme.problem import Language, Text

Row = Mapping[str, Any]
Look = Mapping[str, Any]

_FILLS = {"error": "#F8D7DA", "warning": "#FFF3CD", "note": "#E2E3E5"}
_LINE: Look = {"left": 1, "right": 1, "bottom": 1, "border_color": "#BFBFBF"}
_WRAPPED: Look = {"valign": "top", "text_wrap": True}
_TO_FILL: Look = {"bg_color": "#FFFDE7"}
_LINK: Look = {"font_color": "#0563C1", "underline": 1}
_HEADER: Look = {
    "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "valign": "vcenter",
    "text_wrap": True,
}  # fmt: skip
_TITLE: Look = {"bold": True, "font_size": 14}
_STATE: Look = {"italic": True}
FONT = "Calibri"  # that of the cells, unless told otherwise
HELP_ROW, HEADER_ROW = 3, 4
LINE_HEIGHT = 15  # points, for the 11 points of the text
HIGHEST = 409  # points, the most that Excel takes
FILLED = 0.95  # of a column's width: letters with marks, and fonts wider than Excel's own
MARGIN = 0.4  # inches
_BESIDE = 0.7109375  # characters; what Excel adds to a width for the room beside the text
_A4 = 9
_FIRST_DAY = date(2020, 1, 1)
_MOST_LINKS = 65_000  # Excel takes few more on a sheet
_AS_TEXT = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}


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


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    Args:
        name: of the sheet.
        head: above the table.
        columns: printed ones first.
        rows: with ``severity`` where the first cell is to be coloured.
        frozen: how many columns stay in sight at the left.
        choices: words to choose from in the columns that ask for one.
    """

    name: Text
    head: Head
    columns: Sequence[SheetColumn]
    rows: Sequence[Row]
    frozen: int = 0
    choices: Sequence[str] = ()


def save_book(sheets: Sequence[Sheet], language: Language, file: IO[bytes]) -> None:
    """Write a workbook, the sheets in their order.

    Args:
        sheets: at least one.
        language: of headers and values.
        file: open for writing.
    """
    # thousands of small workbooks a night: in memory, without a file for each sheet
    with Workbook(file, {"in_memory": True, **_AS_TEXT}) as book:
        for sheet in sheets:
            _Writer(book, sheet, language).write()


class _Writer:
    """Writes one sheet; rows and columns are counted from 0, as the library does."""

    def __init__(self, book: Workbook, sheet: Sheet, language: Language) -> None:
        self._book, self._sheet, self._language = book, sheet, language
        self._page: Worksheet = book.add_worksheet(sheet.name.in_(language))
        self._printed = [column for column in sheet.columns if column.printed]
        self._looks: dict[Any, Format] = {}
        self._links = 0

    def write(self) -> None:
        """Write the whole sheet."""
        sheet, page = self._sheet, self._page
        self._write_head()
        self._write_header()
        for at, row in enumerate(sheet.rows, HEADER_ROW):
            self._write_row(at, row)
        last = HEADER_ROW + len(sheet.rows) - 1
        page.autofilter(HEADER_ROW - 1, 0, last, len(sheet.columns) - 1)
        page.freeze_panes(HEADER_ROW, sheet.frozen)
        if sheet.rows:
            self._ask(last)
        self._set_paper(last)

    def _write_head(self) -> None:
        head, page = self._sheet.head, self._page
        page.write_string(0, 0, safe_cell(head.title), self._look(_TITLE))
        page.write_string(1, 0, safe_cell(head.state), self._look(_STATE))
        guide, wrapped = safe_cell(head.guide), self._look(_WRAPPED)
        if len(self._printed) > 1:
            page.merge_range(HELP_ROW - 1, 0, HELP_ROW - 1, len(self._printed) - 1, "", wrapped)
        page.write_string(HELP_ROW - 1, 0, guide, wrapped)
        width = sum(column.width for column in self._printed)
        page.set_row(HELP_ROW - 1, _height(lines_of(head.guide, width), LINE_HEIGHT // 2))

    def _write_header(self) -> None:
        most, look = 1, self._look(_HEADER)
        for number, column in enumerate(self._sheet.columns):
            text = column.header.in_(self._language)
            self._page.write_string(HEADER_ROW - 1, number, text, look)
            self._page.set_column(number, number, column.width - _BESIDE)
            most = max(most, lines_of(text, column.width - 2))  # bold, and the filter's button
        self._page.set_row(HEADER_ROW - 1, _height(most))

    def _write_row(self, at: int, row: Row) -> None:
        most = 1
        for number, column in enumerate(self._sheet.columns):
            value = safe_cell(column.value(row, self._language))
            self._write_cell(at, number, column, value, row)
            if column.printed:
                most = max(most, lines_of(str(value or ""), column.width))
        # programs other than Excel do not make rows higher by themselves
        self._page.set_row(at, _height(most))

    def _write_cell(self, at: int, number: int, column: SheetColumn, value: Any, row: Row) -> None:
        links = column.is_link and bool(value) and self._links < _MOST_LINKS
        severity = row.get("severity") if number == 0 else None
        key = (column.asks, severity, links)  # a thousand rows are dressed as quickly as one
        look = self._looks.get(key) or self._looks.setdefault(
            key, self._look(_dress(column, severity, links=links))
        )
        if links:
            self._links += 1
            words = OPEN_LINK.in_(self._language)
            self._page.write_url(at, number, value, look, string=words)
        elif value is None or value == "":
            self._page.write_blank(at, number, None, look)
        elif isinstance(value, str):
            self._page.write_string(at, number, value, look)
        elif isinstance(value, date):
            self._page.write_datetime(at, number, value, look)
        else:
            self._page.write_number(at, number, value, look)

    def _look(self, said: Look) -> Format:
        return self._book.add_format({"font_name": FONT, **said})

    def _ask(self, last: int) -> None:
        """Offer the words of a list, and take days only where a day is asked."""
        for number, column in enumerate(self._sheet.columns):
            if column.asks == "choice":
                told = CHOOSE.in_(self._language)
                rule: dict[str, Any] = {"validate": "list", "source": list(self._sheet.choices)}
            elif column.asks == "day":
                told = WRITE_DAY.in_(self._language)
                rule = {
                    "validate": "date",
                    "criteria": ">",
                    "value": _FIRST_DAY,
                    "ignore_blank": False,
                }
            else:
                continue
            said = {"input_message": told, "error_message": told}
            self._page.data_validation(HEADER_ROW, number, last, number, {**rule, **said})

    def _set_paper(self, last: int) -> None:
        page = self._page
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.print_area(0, 0, last, len(self._printed) - 1)
        page.set_margins(left=MARGIN, right=MARGIN, top=MARGIN, bottom=2 * MARGIN)
        page.set_footer("&C&P / &N", {"margin": MARGIN})
        page.repeat_rows(HEADER_ROW - 1)


def _dress(column: SheetColumn, severity: str | None, *, links: bool) -> Look:
    look = {**_WRAPPED, **_LINE}
    if column.asks:
        look |= {**_TO_FILL, "num_format": "dd/mm/yyyy" if column.asks == "day" else "@"}
    if links:
        look |= _LINK
    if severity:
        look["bg_color"] = _FILLS[severity]
    return look


@lru_cache(maxsize=10_000)  # what to do and many a sentence stand there over and over
def lines_of(text: str, width: int) -> int:
    """How many lines a text takes, words kept whole; textwrap would make them, which takes long."""
    letters = max(1, int(width * FILLED))
    return sum(_lines_of_one(line, letters) for line in text.splitlines() or [""])


def _lines_of_one(line: str, letters: int) -> int:
    if len(line) <= letters:
        return 1
    lines, room = 1, letters
    for word in line.split():
        if len(word) > letters:  # broken, from here on
            room = max(0, room)
            more = ceil((len(word) - room) / letters)
            lines, room = lines + more, room + letters * more
        elif len(word) > room:
            lines, room = lines + 1, letters
        room -= len(word) + 1
    return lines


def _height(lines: int, space: int = 4) -> int:
    return min(HIGHEST, ceil(LINE_HEIGHT * lines + space))
