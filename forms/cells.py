"""The cells of any workbook as text: Excel's .xlsx and .xlsm, its old .xls, a form's .csv."""

import csv
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from forms.package import Format, check_file, encrypted, too_big, unreadable
from programme.problem import ProblemError

Rows = list[tuple[int, list[str]]]
BLANK_ROWS_AT_MOST = 1000  # a sheet formatted down to row 1,048,576 ends here
CELLS_AT_MOST = 300_000  # in one workbook; 20,000 choices in ten languages are 240,000


def read_cells(path: Path) -> Iterator[tuple[str, Rows]]:
    """Read any workbook's cells as text: each sheet's name and its rows that are not blank.

    A ``.csv`` holds the sheets below one another, their names in the first column.

    Raises:
        ProblemError: ``workbook-missing``, ``workbook-encrypted``, ``workbook-unreadable``,
            ``workbook-too-big``, ``workbook-unsafe``.
    """
    form = check_file(path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it cannot keep on saving; nothing is saved here
            warnings.simplefilter("ignore")
            sheets = _READERS[form](path)
    except (MemoryError, ProblemError):
        raise
    except Exception as error:  # openpyxl raises whatever the XML inside happens to break
        if "encrypted" in str(error).lower():
            raise ProblemError(encrypted(path)) from error
        raise ProblemError(unreadable(path, f"{type(error).__name__}: {error}")) from error
    yield from sheets


def cell_text(value: Any) -> str:
    """Write a cell's value as XLSForm tools read it: 3.0 is ``3``, a date is ISO."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            text = unicodedata.normalize("NFC", str(value))
            return text.replace("\u00a0", " ").strip()


def csv_rows(path: Path) -> list[list[str]]:
    """Read a form kept as .csv; Excel's byte order mark and ``;`` are understood."""
    text = path.read_text(encoding="utf-8-sig")
    first = text[: text.find("\n")]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    return list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))


class _Counter:
    """Counts filled cells over all sheets of a workbook."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._cells = 0

    def rows(self, rows: Iterable[Iterable[Any]]) -> Rows:
        """Give the rows that are not blank, up to a long blank stretch."""
        found: Rows = []
        blank = 0
        for number, values in enumerate(rows, start=1):
            cells = [cell_text(value) for value in values]
            filled = sum(map(bool, cells))
            blank = 0 if filled else blank + 1
            self._cells += filled
            if filled:
                found.append((number, cells))
            if blank > BLANK_ROWS_AT_MOST:
                break
            if self._cells > CELLS_AT_MOST:
                raise ProblemError(too_big(self._path, self._path.stat().st_size))
        return found


def _xlsx(path: Path) -> list[tuple[str, Rows]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - not needed for .csv

    book = load_workbook(path, read_only=True, data_only=True)
    counter = _Counter(path)
    try:
        sheets = []
        for sheet in book.worksheets:
            # some programs write a wrong size, which would cut columns off
            sheet.reset_dimensions()
            sheets.append((sheet.title, counter.rows(sheet.iter_rows(values_only=True))))
        return sheets
    finally:
        book.close()


def _xls(path: Path) -> list[tuple[str, Rows]]:
    import xlrd  # noqa: PLC0415 - for old files only

    with xlrd.open_workbook(str(path), logfile=_Silent(), on_demand=True) as book:
        counter = _Counter(path)
        return [
            (sheet.name, counter.rows(_xls_values(book, sheet)))
            for sheet in map(book.sheet_by_index, range(book.nsheets))
        ]


def _xls_values(book: Any, sheet: Any) -> Iterator[list[Any]]:
    import xlrd  # noqa: PLC0415

    for number in range(sheet.nrows):
        yield [
            xlrd.xldate_as_datetime(cell.value, book.datemode)
            if cell.ctype == xlrd.XL_CELL_DATE
            else bool(cell.value)
            if cell.ctype == xlrd.XL_CELL_BOOLEAN
            else None
            if cell.ctype == xlrd.XL_CELL_ERROR
            else cell.value
            for cell in sheet.row(number)
        ]


class _Silent:
    """Where xlrd may write what it finds odd."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        """Nothing is kept."""


def _csv(path: Path) -> list[tuple[str, Rows]]:
    counter = _Counter(path)
    sheets: dict[str, Rows] = {}
    rows: Rows = []
    for number, cells in counter.rows(csv_rows(path)):
        if cells[0]:
            rows = sheets.setdefault(cells[0], [])
        if any(cells[1:]):
            rows.append((number, cells[1:]))
    return list(sheets.items())


_READERS: dict[Format, Callable[[Path], list[tuple[str, Rows]]]] = {
    "xlsx": _xlsx,
    "xls": _xls,
    "csv": _csv,
}
