"""Where analysis tables are made and indicator queries run: DuckDB, or what speaks as it does."""

import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa

from programme.interrupts import heeding
from programme.problem import Exit, Problem, ProblemError, Text
from programme.sql import copied, open_guarded

MEMORY = "800MB"  # of DuckDB's own; what Arrow reads and the figures come on top


class RegisterTables(Protocol):
    """The registers of one run, as the store gives them."""

    def path(self, name: str) -> Path | Sequence[Path]:
        """Give the Parquet file of one table."""


class Engine(Protocol):
    """Runs SQL that is written in DuckDB's dialect and that Spark can run too."""

    def give(self, name: str, rows: pa.Table) -> None:
        """Hand over a small table, in place of one of that name."""

    def make(self, name: str, select: str, *, kept: bool) -> None:
        """Make a table from a SELECT, in place of one of that name.

        Args:
            name: of the table.
            select: over registers and tables that were given or made before.
            kept: its rows are held; else it is computed wherever it is read.
        """

    def forget(self, name: str) -> None:
        """Give back the memory of a table that was made; one that was not is no matter."""

    def rows(self, select: str) -> pa.Table:
        """Run a SELECT."""

    def columns(self, name: str) -> dict[str, str]:
        """Give column → type of a table, in DuckDB's words."""


# opens an engine on some registers of a run
Opener = Callable[[RegisterTables, Collection[str]], AbstractContextManager[Engine]]


class DuckEngine:
    """DuckDB in memory, closed to everything but the registers."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._kinds: dict[str, str] = {}  # name → TABLE or VIEW

    def give(self, name: str, rows: pa.Table) -> None:
        """Hand over a small table, in place of one of that name."""
        self._connection.register("given", rows)
        self.make(name, "SELECT * FROM given", kept=True)
        self._connection.unregister("given")

    def make(self, name: str, select: str, *, kept: bool) -> None:
        """Make a table from a SELECT, in place of one of that name."""
        kind = "TABLE" if kept else "VIEW"
        if self._kinds.get(name, kind) != kind:
            self.forget(name)
        try:
            with heeding():
                self._connection.execute(f"CREATE OR REPLACE TEMP {kind} {name} AS {select}")
        except duckdb.BinderException as error:
            raise ProblemError(_other_columns(name, error), Exit.STORE) from error
        self._kinds[name] = kind

    def forget(self, name: str) -> None:
        """Give back the memory of a table that was made; one that was not is no matter."""
        if name in self._kinds:
            self._connection.execute(f"DROP {self._kinds.pop(name)} {name}")

    def rows(self, select: str) -> pa.Table:
        """Run a SELECT."""
        with heeding():
            return self._connection.sql(select).to_arrow_table()

    def columns(self, name: str) -> dict[str, str]:
        """Give column → DuckDB type of a table."""
        rows = self._connection.execute(f"DESCRIBE {name}").fetchall()
        return {str(row[0]): str(row[1]) for row in rows}


@contextmanager
def duckdb_engine(
    tables: RegisterTables, names: Collection[str], *, rows: bool = True
) -> Iterator[DuckEngine]:
    """Open DuckDB on registers of a run.

    Args:
        tables: the registers.
        names: of those that are read.
        rows: False where only their columns are wanted.

    Raises:
        ProblemError: a register is missing or cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="ishc-") as scratch:
        copies = Path(scratch, "registers")
        copies.mkdir()
        paths = {name: tables.path(name) for name in names}
        connection = open_guarded(
            {name: copied(path, copies) if rows else path for name, path in paths.items()},
            memory_limit=MEMORY,
            spill=Path(scratch),
            own=[copies],
        )
        try:
            yield DuckEngine(connection)
        finally:
            connection.close()


def _other_columns(name: str, error: duckdb.Error) -> Problem:
    first = str(error).splitlines()[0]
    return Problem(
        "report-columns",
        Text(
            vi=f"không lập được bảng «{name}» từ các sổ: {first}",
            en=f"the table “{name}” cannot be made from the registers: {first}",
        ),
        Text(
            vi="một câu hỏi mà báo cáo cần đã bị đổi tên hoặc bỏ khỏi biểu mẫu; "
            "hãy khôi phục tên câu hỏi rồi chạy «ishc reconcile»",
            en="a question that the report needs was renamed or removed from a form; "
            "give it its name back and run “ishc reconcile”",
        ),
    )
