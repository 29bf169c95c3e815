"""The cells of any workbook: Excel's .xlsx and .xlsm, its old .xls, a form's .csv."""

import csv
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from forms.package import Format, check_file, encrypted, too_big, unreadable
from programme.problem import ProblemError

BLANK_ROWS_AT_MOST = 1000  # a sheet formatted down to row 1,048,576 ends here
KEPT_UP_TO = 300_000  # bytes of a file whose cells are kept in memory
CELLS_AT_MOST = 300_000  # in one workbook; 20,000 choices in ten languages are 240,000


@dataclass(frozen=True, slots=True)
class Cells:
    """One sheet.

    Args:
        name: as its tab shows it.
        texts: number and texts of every row that is not blank.
        values: the same rows as the file holds them; where a file holds only texts, its texts.
        size: how many rows and columns the file claims to have; None where it claims nothing.
    """

    name: str
    texts: Sequence[tuple[int, Sequence[str]]]
    values: Sequence[tuple[int, Sequence[Any]]]
    size: tuple[int | None, int | None] = (None, None)


def read_cells(path: Path) -> tuple[Format, Sequence[Cells]]:
    """Read any workbook's cells, and tell what kind of file it is.

    A ``.csv`` holds the sheets below one another, their names in the first column.

    Raises:
        ProblemError: ``workbook-missing``, ``workbook-encrypted``, ``workbook-unreadable``,
            ``workbook-too-big``, ``workbook-unsafe``.
    """
    form = check_file(path)
    try:
        small = path.stat().st_size <= KEPT_UP_TO
        return form, _kept(path, form, path.read_bytes()) if small else _read(path, form)
    except (MemoryError, ProblemError):
        raise
    except Exception as error:  # openpyxl raises whatever the XML inside happens to break
        if "encrypted" in str(error).lower():
            raise ProblemError(encrypted(path)) from error
        raise ProblemError(unreadable(path, f"{type(error).__name__}: {error}")) from error


# one command reads a form to check, to compile and to send it; what it gives nobody changes
@lru_cache(maxsize=8)
def _kept(path: Path, form: Format, _content: bytes) -> Sequence[Cells]:
    return _read(path, form)


def _read(path: Path, form: Format) -> Sequence[Cells]:
    with warnings.catch_warnings():
        # openpyxl warns of what it cannot keep on saving; nothing is saved here
        warnings.simplefilter("ignore")
        return _READERS[form](path)


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

    def cells(
        self,
        name: str,
        rows: Iterable[Sequence[Any]],
        size: tuple[int | None, int | None] = (None, None),
    ) -> Cells:
        """Give the rows that are not blank, up to a long blank stretch."""
        texts: list[tuple[int, list[str]]] = []
        values: list[tuple[int, Sequence[Any]]] = []
        blank = 0
        for number, row in enumerate(rows, start=1):
            written = [cell_text(value) for value in row]
            filled = len(written) - written.count("")
            blank = 0 if filled else blank + 1
            self._cells += filled
            if filled:
                texts.append((number, written))
                values.append((number, row))
            if blank > BLANK_ROWS_AT_MOST:
                break
            if self._cells > CELLS_AT_MOST:
                raise ProblemError(too_big(self._path, self._path.stat().st_size))
        return Cells(name, texts, values, size)


def _xlsx(path: Path) -> list[Cells]:
    from openpyxl import load_workbook  # noqa: PLC0415 - not needed for .csv

    book = load_workbook(path, read_only=True, data_only=True)
    counter = _Counter(path)
    try:
        found = []
        for sheet in book.worksheets:
            size = sheet.max_row, sheet.max_column
            # some programs write a wrong size, which would cut columns off
            sheet.reset_dimensions()
            found.append(counter.cells(sheet.title, sheet.iter_rows(values_only=True), size))
        return found
    finally:
        book.close()


def _xls(path: Path) -> list[Cells]:
    import xlrd  # noqa: PLC0415 - for old files only

    with xlrd.open_workbook(str(path), logfile=_Silent(), on_demand=True) as book:
        counter = _Counter(path)
        return [
            counter.cells(sheet.name, _xls_values(book, sheet))
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


def _csv(path: Path) -> list[Cells]:
    sheets: dict[str, list[tuple[int, Sequence[str]]]] = {}
    rows: list[tuple[int, Sequence[str]]] = []
    for number, cells in _Counter(path).cells("", csv_rows(path)).texts:
        if cells[0]:
            rows = sheets.setdefault(cells[0], [])
        if any(cells[1:]):
            rows.append((number, cells[1:]))
    return [Cells(name, found, found) for name, found in sheets.items()]


_READERS: dict[Format, Callable[[Path], list[Cells]]] = {
    "xlsx": _xlsx,
    "xls": _xls,
    "csv": _csv,
}
