"""Registers of another programme: SQL files of its own folder, ``connectors/registers/*.sql``.

A programme that has such files has these registers and no others. Each file is one SELECT over the
tables of its forms and over the registers before it, in the order of the files' names; the table
is called as the file is, without the number: ``10_point.sql`` makes ``point``.

A file reads what names nobody, and cannot name anybody. One that needs what the forms call personal
says so in a line of comment: ``-- personal: COLUMN, …`` for its columns that name people, and
``-- people: COLUMN, …`` for those that hold codes of people; the first are left out of the shared
tables, the second become pseudonyms there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from connectors.reconcile.registers import BUILDING, Registered
from connectors.store.casts import identifier
from connectors.store.parquet import Pair, Protection, TableWriter
from programme.folder import Folder
from programme.problem import Place, Problem, ProblemError, Text
from programme.progress import Progress, silent
from programme.sql import check, open_guarded, run_limited

FOLDER = "registers"
LARGEST = 100_000  # bytes of a file
SECONDS, MEMORY = 600.0, "1500MB"
_NAME = re.compile(r"(?:[0-9]+[a-z]?_)?([a-z][a-z0-9_]*)\.sql")
_SAYS = re.compile(r"^\s*--\s*(personal|people):(.*)$", re.MULTILINE)
PARAMETERS = {"as_of": "DATE"}


@dataclass(frozen=True, slots=True)
class OwnRegister:
    """One register of a programme's own.

    Args:
        name: of the table.
        sql: one SELECT.
        place: its file.
        protection: which of its columns name people, as the file says.
    """

    name: str
    sql: str
    place: Place
    protection: Protection


def own_registers(folder: Folder) -> list[OwnRegister]:
    """Read the register files of a programme's folder; none for the programme that is shipped.

    Raises:
        ProblemError: ``register-file-wrong``, for each file that cannot be read.
    """
    there = folder.checks.parent / FOLDER
    read = [_read(path) for path in sorted(there.glob("*.sql"))] if there.is_dir() else []
    if wrong := [each for each in read if isinstance(each, Problem)]:
        raise ProblemError(wrong)
    return [each for each in read if isinstance(each, OwnRegister)]


def build_own_registers(
    registers: Sequence[OwnRegister],
    pair: Pair,
    as_of: date,
    *,
    progress: Progress = silent,
) -> Registered:
    """Run the register files and write their tables beside those of the forms.

    Args:
        registers: from ``own_registers``.
        pair: the run's folders; the forms' tables are in them.
        as_of: given to the SQL as ``$as_of``.
        progress: told at each register.

    Raises:
        ProblemError: a file that the guard refuses or that does not run, with its name.
    """
    result = Registered()
    with _Tables.open(pair.identified) as whole, _Tables.open(pair.tables) as shared:
        for number, each in enumerate(registers, 1):
            progress(BUILDING, number, len(registers))
            made = whole.run(each, as_of)
            if each.protection.personal or each.protection.person_keys:
                public = each.protection.apply(made, pair.pseudonyms)
                shared.show(each.name, public)
            else:
                public = shared.run(each, as_of)
            with TableWriter(pair, each.name) as writer:
                writer.write(made, public)
            result.rows[each.name] = made.num_rows
    return result


class _Tables:
    """The forms' tables of a folder, and the registers made of them so far."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
        self.connection = connection
        self.columns = {name: self._columns(name) for name in names}

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator["_Tables"]:
        views = {path.stem: path for path in sorted(folder.glob("*.parquet"))}
        with open_guarded(views, memory_limit=MEMORY) as connection:
            yield cls(connection, views)

    def run(self, each: OwnRegister, as_of: date) -> pa.Table:
        """Run a register and show it to those that follow."""
        if each.name in self.columns:
            raise ProblemError(_taken(each))
        sql = check(each.sql, self.columns, each.place, parameters=PARAMETERS)
        used = {"as_of": as_of} if "$as_of" in sql else {}
        made = run_limited(self.connection, sql, SECONDS, used, place=each.place)
        self.show(each.name, made)
        return made

    def show(self, name: str, made: pa.Table) -> None:
        self.connection.register(name, made)
        self.columns[name] = self._columns(name)

    def _columns(self, name: str) -> dict[str, str]:
        described = self.connection.execute(f"DESCRIBE {identifier(name)}").fetchall()
        return {str(row[0]): str(row[1]) for row in described}


def _read(path: Path) -> OwnRegister | Problem:
    place = Place(file=f"connectors/{FOLDER}/{path.name}")
    name = _NAME.fullmatch(path.name)
    try:
        inside = path.resolve().parent == path.parent.resolve()
        if name is None or not inside or path.stat().st_size > LARGEST:
            return _wrong(place)
        sql = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return _wrong(place)
    says: dict[str, Set[str]] = {
        word: frozenset(each.strip() for each in columns.split(",") if each.strip())
        for word, columns in _SAYS.findall(sql)
    }
    protection = Protection(says.get("personal", frozenset()), says.get("people", frozenset()))
    return OwnRegister(name[1], sql, place, protection)


def _wrong(place: Place) -> Problem:
    return Problem(
        "register-file-wrong",
        Text("không đọc được tệp này làm sổ đăng ký", "this file cannot be read as a register"),
        Text(
            "đặt tên như 10_diem_nuoc.sql (chữ thường không dấu, chữ số, _), lưu dạng UTF-8, chỉ "
            "chứa một câu SELECT",
            "name it like 10_point.sql (small letters, digits, _); save one SELECT in it, as UTF-8",
        ),
        place,
    )


def _taken(each: OwnRegister) -> Problem:
    return Problem(
        "register-name-taken",
        Text(f"đã có bảng «{each.name}»", f"there is a table “{each.name}” already"),
        Text("hãy đặt tên khác cho tệp", "give the file another name"),
        each.place,
    )
