"""Reads ``connectors/checks.xlsx``: one row a check, written by people in Excel."""

import string
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from connectors.reconcile import check_problems as problems
from connectors.reconcile.check_files import FILES, is_file, read_file
from programme.problem import Place, Problem, ProblemError, Severity, Text

SHEET = "checks"
COLUMNS = (
    "code",
    "active",
    "severity",
    "owner",
    "title_vi",
    "title_en",
    "table",
    "condition",
    "tolerance",
    "sql",
    "message_vi",
    "message_en",
    "do_vi",
    "do_en",
)
MAY_BE_EMPTY = frozenset({"active", "owner", "table", "condition", "tolerance", "sql"})
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
YES = frozenset({"", "yes", "x", "1", "true", "có", "co"})
NO = frozenset({"no", "0", "false", "không", "khong"})


@dataclass(frozen=True, slots=True)
class Check:
    """One check, as its row says.

    Args:
        code: stable name.
        severity: error, warning or note.
        owner: who can mend what it finds.
        title: what it is about, in a few words.
        table: whose rows are looked at, with ``condition``; empty where ``sql`` is given.
        condition: what is wrong with a row of the table.
        tolerance: given to both as ``$tolerance``.
        sql: one SELECT that returns what is wrong, from the cell or from a file.
        file: name of that file, empty for a cell.
        message: with ``{column}`` where a value of the result shall stand.
        do: what to do about it.
        place: its row.
    """

    code: str
    severity: Severity
    owner: str
    title: Text
    table: str
    condition: str
    tolerance: Decimal
    sql: str
    file: str
    message: Text
    do: Text
    place: Place

    @property
    def sql_place(self) -> Place:
        """Where its SQL stands, for problems; a file is named beside the row that names it."""
        return replace(self.place, column=f"sql ({FILES}/{self.file})" if self.file else "sql")


def placeholders(text: str) -> list[str]:
    """Give the names in braces.

    Raises:
        ValueError: a brace is left open, or what is in it is more than a name.
    """
    names = []
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise ValueError(name)
        names.append(name)
    return names


def read_checks(path: Path) -> list[Check]:
    """Read the active checks, in the order of the sheet.

    Raises:
        ProblemError: everything that is wrong, each with sheet, row and column.
    """
    file = "/".join(path.parts[-2:])
    rows = _rows(path, file)
    header = _header(rows, file)
    checks: list[Check] = []
    found: list[Problem] = []
    seen: set[str] = set()
    for number, row in enumerate(rows[1:], 2):
        cells = {name: _text(row[at]) if at < len(row) else "" for name, at in header.items()}
        if not any(cells.values()):
            continue
        place = Place(file=file, sheet=SHEET, row=number)
        wrong = list(_problems(cells, place, seen))
        seen.add(cells["code"])
        found += wrong
        if not wrong and cells["active"].lower() in YES:
            try:
                checks.append(_check(cells, place, path.parent / FILES))
            except ProblemError as error:
                found += error.problems
    if found:
        raise ProblemError(found)
    return checks


def require_checks(path: Path) -> None:
    """Make sure that a file is a workbook of checks.

    Raises:
        ProblemError: ``check-file-missing``, ``check-file-unreadable``, ``check-sheet-missing``.
    """
    _rows(path, "/".join(path.parts[-2:]))


def _rows(path: Path, file: str) -> Sequence[Sequence[Any]]:
    if not path.is_file():
        raise ProblemError(problems.no_file(file))
    try:
        return _cells(path.read_bytes(), file)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise ProblemError(problems.unreadable(file)) from error


@lru_cache(maxsize=4)
def _cells(workbook: bytes, file: str) -> Sequence[Sequence[Any]]:
    """Give the rows of the sheet; the same bytes are read once, for demos that run thrice."""
    book = openpyxl.load_workbook(BytesIO(workbook), read_only=True, data_only=True)
    try:
        if SHEET not in book.sheetnames:
            raise ProblemError(problems.no_sheet(file, SHEET, book.sheetnames))
        return tuple(book[SHEET].iter_rows(values_only=True))
    finally:
        book.close()


def _header(rows: Sequence[Sequence[Any]], file: str) -> Mapping[str, int]:
    """Columns are known by the first word of their header: “code · Mã”."""
    first = rows[0] if rows else ()
    header = {
        words[0].lower(): at for at, cell in enumerate(first) if (words := _text(cell).split())
    }
    place = Place(file=file, sheet=SHEET, row=1)
    if missing := [name for name in COLUMNS if name not in header]:
        raise ProblemError(problems.no_column(place, name, list(header)) for name in missing)
    return {name: header[name] for name in COLUMNS}


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _problems(cells: Mapping[str, str], place: Place, seen: set[str]) -> Iterator[Problem]:
    for name in COLUMNS:
        if not cells[name] and name not in MAY_BE_EMPTY:
            yield problems.empty_cell(place, name)
    yield from _ways(cells, place)
    if cells["code"] and not cells["code"].replace("_", "a").replace("-", "a").isalnum():
        yield problems.bad_code(place, cells["code"])
    if cells["code"] in seen:
        yield problems.code_twice(place, cells["code"])
    if cells["active"].lower() not in YES | NO:
        yield problems.bad_choice(place, "active", cells["active"], ("yes", "no"))
    if cells["severity"] and cells["severity"] not in SEVERITIES:
        yield problems.bad_choice(place, "severity", cells["severity"], SEVERITIES)
    if _tolerance(cells["tolerance"]) is None:
        yield problems.bad_number(place, cells["tolerance"])
    for name in ("message_vi", "message_en", "do_vi", "do_en"):
        try:
            placeholders(cells[name])
        except ValueError:
            yield problems.bad_braces(place, name)


def _ways(cells: Mapping[str, str], place: Place) -> Iterator[Problem]:
    """A check is a condition over one table, or a SELECT; never both."""
    simple = [name for name in ("table", "condition") if cells[name]]
    if cells["sql"] and simple:
        yield problems.two_ways(place, simple[0])
    elif not cells["sql"] and not simple:
        yield problems.empty_cell(place, "condition")
    elif len(simple) == 1:
        yield problems.empty_cell(place, "condition" if simple == ["table"] else "table")


def _tolerance(text: str) -> Decimal | None:
    try:
        value = Decimal(text or "0")
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _check(cells: Mapping[str, str], place: Place, folder: Path) -> Check:
    """Make a check of a row without mistakes.

    Raises:
        ProblemError: the file that it names cannot be read.
    """
    severity = next(each for each in SEVERITIES if each == cells["severity"])
    file = cells["sql"] if is_file(cells["sql"]) else ""
    return Check(
        code=cells["code"],
        severity=severity,
        owner=cells["owner"],
        title=Text(cells["title_vi"], cells["title_en"]),
        table=cells["table"],
        condition=cells["condition"],
        tolerance=_tolerance(cells["tolerance"]) or Decimal(0),
        sql=read_file(folder, file, place) if file else cells["sql"],
        file=file,
        message=Text(cells["message_vi"], cells["message_en"]),
        do=Text(cells["do_vi"], cells["do_en"]),
        place=place,
    )
