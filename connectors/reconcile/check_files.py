"""Checks that need more than a cell: ``connectors/checks/NAME.sql``, beside the workbook."""

import re
from dataclasses import replace
from pathlib import Path

from connectors.reconcile import check_problems as problems
from programme.problem import Place, ProblemError

FILES = "checks"  # the folder's name
LARGEST = 100_000  # bytes; nobody writes a longer SELECT
_NAME = re.compile(r"[\w-]+\.sql", re.IGNORECASE)
_LOOKS_SO = re.compile(r"[^\s()]+\.sql", re.IGNORECASE)


def is_file(cell: str) -> bool:
    """Tell whether a cell of the column ``sql`` names a file; a SELECT has blanks in it."""
    return _LOOKS_SO.fullmatch(cell) is not None


def read_file(folder: Path, name: str, place: Place) -> str:
    """Read the SELECT of a file.

    Args:
        folder: ``connectors/checks``; nothing outside of it is read.
        name: as the cell says.
        place: the row that names it.

    Raises:
        ProblemError: ``check-sql-file-name``, ``check-sql-file-missing``,
            ``check-sql-file-unreadable``.
    """
    where = replace(place, column="sql")
    if _NAME.fullmatch(name) is None:
        raise ProblemError(problems.bad_file_name(where, name))
    path = folder / name
    if not path.is_file():
        there = sorted(each.name for each in folder.glob("*.sql"))
        raise ProblemError(problems.no_sql_file(where, name, there))
    try:
        # a link may lead anywhere, and what cannot be read as SQL is told in part
        inside = path.resolve().parent == folder.resolve()
        if not inside or path.stat().st_size > LARGEST:
            raise ProblemError(problems.unreadable_sql_file(where, name))
        return path.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemError(problems.unreadable_sql_file(where, name)) from error
