"""Registers on their way to the disk: written in pieces, wide ones never held in memory.

A register that has all answers of a form says so in a line of its file, ``-- with: TABLE without
COLUMN, …``. Its SQL then only says which submissions it has (``_source``, ``_id``) and what is
said of them besides; the other columns are taken over from the form's table as they lie there.
"""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.store.casts import identifier
from connectors.store.parquet import ROWS, Pair, Protection, TableWriter
from programme.interrupts import heed, heeding
from programme.sql.batches import in_batches

_WITH = re.compile(r"^-- with: (\w+)(?: without ((?:\w+)(?:, \w+)*))?$", re.MULTILINE)
_KEYS = ("_source", "_id")


@dataclass(frozen=True, slots=True)
class Wide:
    """The form's table whose columns a register has besides its own.

    Args:
        table: its name, as the register files know it.
        without: columns that are left out.
    """

    table: str
    without: Sequence[str] = ()


def wide_of(sql: str) -> Wide | None:
    """Read from a register file whose columns it takes over; None for most."""
    found = _WITH.search(sql)
    return Wide(found[1], (found[2] or "").split(", ")) if found else None


def keep(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    sql: str,
    pair: Pair,
    protection: Protection,
) -> int:
    """Write the rows of a query into both folders, as a table; give their number."""
    with heeding(), TableWriter(pair, name, protection) as writer:
        reader = connection.sql(sql).to_arrow_reader(ROWS)
        writer.write(reader.schema.empty_table())
        for batch in in_batches(reader):
            heed()
            writer.write(pa.Table.from_batches([batch]))
    return writer.rows


def keep_wide(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    sql: str,
    wide: Wide,
    file: Path,
    pair: Pair,
    protection: Protection,
) -> int:
    """Write a register with a form's columns into both folders, in the order of the form's table.

    Args:
        connection: that the query is for.
        name: of the register.
        sql: gives its own columns.
        wide: the form's table.
        file: where that lies.
        pair: the run's folders.
        protection: which columns name people.

    Returns:
        its number of rows.
    """
    with heeding(), pq.ParquetFile(file) as form, TableWriter(pair, name, protection) as writer:
        own = _Rows(connection.sql(_in_form_order(sql, wide)).to_arrow_reader(ROWS))
        writer.write(_widened(form.schema_arrow.empty_table(), own.take(0), wide))  # for columns
        for rows, said in _groups(form, own):
            writer.write(_widened(rows, said, wide))
    return writer.rows


def _groups(form: pq.ParquetFile, own: "_Rows") -> Iterator[tuple[pa.Table, pa.Table]]:
    """Give the row groups that the register has rows of, each read while the last is written."""
    with ThreadPoolExecutor(1) as beside:
        waiting: list[tuple[Future[pa.Table], pa.Table]] = []
        for group in range(form.metadata.num_row_groups):
            heed()
            said = own.take(form.metadata.row_group(group).num_rows)
            if pc.any(said.column("_met")).as_py():
                waiting.append((beside.submit(form.read_row_group, group), said))
            if len(waiting) > 1:
                rows, said = waiting.pop(0)
                yield rows.result(), said
        for rows, said in waiting:
            yield rows.result(), said


def _in_form_order(sql: str, wide: Wide) -> str:
    # names and SQL of ours
    return (
        f"WITH own AS (\n{sql}\n)\n"
        "SELECT own.* EXCLUDE (_source, _id), form._source, form._id, own._id IS NOT NULL AS _met "
        f"FROM {identifier(wide.table)} form LEFT JOIN own USING (_source, _id) "
        "ORDER BY form._source, form._id"
    )


def _widened(rows: pa.Table, said: pa.Table, wide: Wide) -> pa.Table:
    assert said.column("_id").equals(rows.column("_id")), "both in the order of submissions"
    added = said.select([each for each in said.column_names if each not in (*_KEYS, "_met")])
    left_out = {*added.column_names, *wide.without}
    kept = rows.select([each for each in rows.column_names if each not in left_out])
    columns = [*added.columns, *kept.columns]
    whole = pa.table(columns, names=[*added.column_names, *kept.column_names])
    there = said.column("_met")
    return whole if pc.all(there).as_py() else whole.filter(there)


class _Rows:
    """Rows from a query, to be taken in pieces of any size."""

    def __init__(self, reader: pa.RecordBatchReader) -> None:
        self._batches = in_batches(reader)
        self._waiting: pa.Table = reader.schema.empty_table()

    def take(self, count: int) -> pa.Table:
        """Give the next so many rows."""
        while self._waiting.num_rows < count:
            batch = next(self._batches)
            self._waiting = pa.concat_tables([self._waiting, pa.Table.from_batches([batch])])
        taken, self._waiting = self._waiting.slice(0, count), self._waiting.slice(count)
        return taken
