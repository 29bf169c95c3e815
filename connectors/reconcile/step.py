"""One register file carried out: a table of the connection, or a file in the run's folders."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from connectors.reconcile.emptiness import gives_nothing
from connectors.reconcile.kept import Wide, keep, keep_wide, wide_of
from connectors.store.casts import identifier
from connectors.store.parquet import PUBLIC, Pair, Protection, write_table
from programme.interrupts import heeding
from programme.problem import Place, Problem, ProblemError, Text
from programme.sql import show_files
from programme.sql.messages import without_values

PUBLIC_VIEW = "public_"  # a form's table without the columns that name people
SPILL = ".spill"
_WORD = re.compile("[a-z_0-9]+")

Columns = Sequence[tuple[str, str]]  # name and type, as DuckDB writes it
# of steps that gave nothing: what they give, by everything that this depends on; within one process
_SHAPES: dict[int, Columns | pa.Schema] = {}
_MOST = 1_000

_NO_ROOM = (duckdb.OutOfMemoryException, duckdb.IOException)
_MORE_ROOM = Text(
    vi="kết quả lần chạy trước vẫn nguyên; hãy giải phóng ổ đĩa và bộ nhớ (đóng bớt chương trình) "
    "rồi chạy lại",
    en="the result of the run before is as it was; make room on the disk and in memory (close "
    "other programs), then run again",
)
_QUESTIONS_KEPT = Text(
    vi="hãy kiểm tra biểu mẫu trong xlsforms/ có đủ các câu hỏi như bản mẫu: tên câu hỏi không "
    "được đổi hay xóa",
    en="check that the forms in xlsforms/ still have the questions of the sample: names of "
    "questions may not be changed or removed",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One register file.

    Args:
        file: its name, for problems.
        name: the table it makes.
        sql: one SELECT.
        words: the names in it, of tables and whatever else.
    """

    file: str
    name: str
    sql: str
    words: AbstractSet[str]


@cache
def steps() -> Sequence[Step]:
    """Give the register files in order; ``20_monthly.sql`` makes the table ``monthly``."""
    folder = files("connectors.reconcile").joinpath("registers")
    found = sorted(each.name for each in folder.iterdir() if each.name.endswith(".sql"))
    texts = {name: folder.joinpath(name).read_text(encoding="utf-8") for name in found}
    return [
        Step(name, name.removesuffix(".sql").partition("_")[2], sql, frozenset(_WORD.findall(sql)))
        for name, sql in texts.items()
    ]


@dataclass(slots=True)
class Tables:
    """The tables that register files read, and what they make of them.

    Args:
        connection: has the tables.
        pair: the run's folders.
        kept: which steps are kept, and which of their columns name people.
        makes: of each table, what it depends on but its rows.
        empty: tables without a row.
        made: the tables of steps that are not kept.
    """

    connection: duckdb.DuckDBPyConnection
    pair: Pair
    kept: Mapping[str, Protection]
    makes: dict[str, int] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)

    def there(self, name: str, makes: object, rows: int) -> None:
        """Note a table that is there already.

        Args:
            makes: what its columns depend on.
            rows: how many it has.
        """
        self.makes[name] = hash((name, makes))
        if not rows:
            self.empty.add(name)

    def run(self, step: Step) -> int:
        """Make what a file says: a table of the connection, or a file that it shows from then on.

        Returns:
            its number of rows.

        Raises:
            ProblemError: ``register-failed``.
        """
        key = hash((step.sql, *sorted(self.makes[name] for name in step.words & self.makes.keys())))
        shape = _SHAPES.get(key)
        try:
            if shape is not None and gives_nothing(step.sql, self.empty):
                rows = self._nothing(step, shape)
            else:
                rows = self._carry_out(step)
                if not rows and len(_SHAPES) < _MOST:
                    _SHAPES[key] = self._shape(step)
        except (duckdb.Error, pa.ArrowException) as error:
            raise ProblemError(_failed(step, error)) from error
        self.there(step.name, key, rows)
        return rows

    def drop_done(self, later: Sequence[Step]) -> None:
        """Forget the tables of steps that no later step reads."""
        read: set[str] = set().union(*(step.words for step in later))
        for name in sorted(self.made - read):
            self.connection.execute(f"DROP TABLE {identifier(name)}")
            self.made.remove(name)

    def _carry_out(self, step: Step) -> int:
        wide = wide_of(step.sql)
        if not self._is_file(step):
            with heeding():
                sql = f"CREATE TABLE {identifier(step.name)} AS {step.sql}"
                (rows,) = self.connection.execute(sql).fetchone() or (0,)
            self.made.add(step.name)
            return int(rows)
        rows = self._keep(step, wide)
        self._show(step)
        return rows

    def _show(self, step: Step) -> None:
        own = (self.pair.identified, self.pair.tables)
        show_files(self.connection, step.name, self._file(step), own)

    def _nothing(self, step: Step, shape: Columns | pa.Schema) -> int:
        """Make an empty table of a known shape."""
        if isinstance(shape, pa.Schema):
            protection = self.kept.get(step.name, PUBLIC)
            write_table(self._target(step), step.name, shape.empty_table(), protection)
            self._show(step)
        else:
            columns = ", ".join(f"{identifier(name)} {kind}" for name, kind in shape)
            self.connection.execute(f"CREATE TABLE {identifier(step.name)} ({columns})")
            self.made.add(step.name)
        return 0

    def _shape(self, step: Step) -> Columns | pa.Schema:
        if self._is_file(step):
            return pq.read_schema(self._file(step))
        described = self.connection.execute(f"DESCRIBE {identifier(step.name)}").fetchall()
        return [(str(row[0]), str(row[1])) for row in described]

    def _is_file(self, step: Step) -> bool:
        return step.name in self.kept or wide_of(step.sql) is not None

    def _target(self, step: Step) -> Pair:
        return self.pair if step.name in self.kept else beside(self.pair)

    def _file(self, step: Step) -> Path:
        return self._target(step).identified / f"{step.name}.parquet"

    def _keep(self, step: Step, wide: Wide | None) -> int:
        target, protection = self._target(step), self.kept.get(step.name, PUBLIC)
        if wide is None:
            return keep(self.connection, step.name, step.sql, target, protection)
        folder = self.pair.tables if wide.table.startswith(PUBLIC_VIEW) else self.pair.identified
        file = folder / f"{wide.table.removeprefix(PUBLIC_VIEW)}.parquet"
        return keep_wide(self.connection, step.name, step.sql, wide, file, target, protection)


def beside(pair: Pair) -> Pair:
    """Where files of steps lie that are not kept."""
    return Pair(pair.identified / SPILL, pair.tables / SPILL, pair.pseudonyms)


def _failed(step: Step, error: Exception) -> Problem:
    words = without_values(str(error))
    return Problem(
        "register-failed",
        Text(
            vi=f"không lập được bảng «{step.name}»: {words}",
            en=f"the register “{step.name}” cannot be built: {words}",
        ),
        _MORE_ROOM if isinstance(error, _NO_ROOM) else _QUESTIONS_KEPT,
        Place(file=step.file),
    )
