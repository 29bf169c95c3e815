"""Submissions into typed tables, one a repeat, with ledgers of all that went to no column."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import islice
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from connectors.store.answers import Left
from connectors.store.batches import Batch, Reader
from connectors.store.casts import literal
from connectors.store.parquet import Pair, Protection, TableWriter
from connectors.store.records import Submission
from connectors.store.selects import misfits, system_columns, trimmed, typed_rows
from connectors.store.twice import drop_seen_twice, without
from forms.schema import FormSchema, Table
from forms.tables import columns_of
from programme.collector import without_collector
from programme.interrupts import heeding
from programme.problem import Text
from programme.progress import Progress, silent

BATCH = 10_000  # submissions in memory at once; those before are being written
_WHERE = [
    ("form", pa.string()),
    ("table_name", pa.string()),
    ("_source", pa.string()),
    ("_id", pa.int64()),
    ("_root_uuid", pa.string()),
    ("_row", pa.int64()),
]
REJECTS = pa.schema([*_WHERE, ("question", pa.string()), ("value", pa.string())])
UNKNOWN_ANSWERS = pa.schema([*_WHERE, ("key", pa.string()), ("value", pa.string())])
UNKNOWN_KEYS = pa.schema([("form", pa.string()), ("key", pa.string()), ("submissions", pa.int64())])
_SUBMITTED_BY = "_submitted_by"


@dataclass(slots=True)
class Flattened:
    """What flattening a form gave.

    Args:
        form: form id.
        rows: number of rows by table.
        rejects: table of the values that did not fit, see ``REJECTS``; holds personal values.
        unknown_answers: table of the answers under keys that no version known has, see
            ``UNKNOWN_ANSWERS``; holds personal values.
        seen_twice: live copies of a submission that is in the tables already.
    """

    form: str
    rows: dict[str, int] = field(default_factory=dict)
    rejects: pa.Table = field(default_factory=REJECTS.empty_table)
    unknown_answers: pa.Table = field(default_factory=UNKNOWN_ANSWERS.empty_table)
    seen_twice: int = 0

    @property
    def unknown(self) -> Counter[str]:
        """How many submissions have an answer that goes to no column, by its key."""
        by = ["key", "_source", "_id"]
        once = self.unknown_answers.select(by).group_by(by).aggregate([])
        counts = once.group_by("key").aggregate([([], "count_all")])
        return Counter(dict(zip(*(each.to_pylist() for each in counts.columns), strict=True)))

    def unknown_table(self) -> pa.Table:
        """Give the unknown keys as a table, see ``UNKNOWN_KEYS``."""
        unknown = self.unknown
        keys = sorted(unknown)
        counts = [unknown[key] for key in keys]
        return pa.table([[self.form] * len(keys), keys, counts], schema=UNKNOWN_KEYS)


def flatten(
    schema: FormSchema,
    submissions: Iterable[Submission],
    pair: Pair,
    *,
    zone: ZoneInfo,
    batch: int = BATCH,
    progress: Progress = silent,
) -> Flattened:
    """Write the tables of a form, typed as its workbook says, even when nothing was sent.

    Submissions of every version go to the same tables: an answer is known by the name of its
    question, whatever group it stood in, or by a name that the question had before. Every answer
    is in a column, in the rejects or in the unknown answers.

    Args:
        schema: the form's tables; of all its versions when made by ``forms.union``.
        submissions: live ones only, in any order.
        pair: folders of the run to write into.
        zone: times are given in its local time; times without a zone are taken as such.
        batch: so many submissions are read at once.
        progress: told after every batch.
    """
    result = Flattened(schema.form_id)
    writers = {table.name: TableWriter(pair, table.name, protection(table))
               for table in schema.tables}  # fmt: skip
    rest = iter(submissions)
    reader = Reader(schema)
    done, last = 0, False
    try:
        # one batch is typed and written, by other people's code in C, while the next is read
        with (
            heeding(),
            without_collector(),
            ExitStack() as opened,
            ThreadPoolExecutor(1) as beside,
        ):
            connect = cache(partial(_connection, zone, opened))
            made = _Writer(schema, connect, writers, result, zone)
            written: Future[None] = Future()
            written.set_result(None)
            while not last:
                count = reader.read(islice(rest, batch))
                last = count < batch
                written.result()
                written = beside.submit(made.write, reader.take())
                done += count
                if count or not done:
                    progress(_progress_text(schema.form_id), done)
            written.result()
    finally:
        for writer in writers.values():
            writer.close()
    result.rows = {name: writer.rows for name, writer in writers.items()}
    losers = drop_seen_twice(schema, pair, result.rows)
    if losers.num_rows:
        result.seen_twice = losers.num_rows
        result.rejects = without(result.rejects, losers).cast(REJECTS)
        result.unknown_answers = without(result.unknown_answers, losers).cast(UNKNOWN_ANSWERS)
    result.rejects = in_order(result.rejects)
    result.unknown_answers = in_order(result.unknown_answers)
    return result


def protection(table: Table) -> Protection:
    """Say which columns of a form's table name people."""
    personal = {
        name
        for column in table.columns
        if column.data_class == "personal"
        for name in columns_of(column)
    }
    keys = {column.name for column in table.columns if column.person_key}
    return Protection(personal | {_SUBMITTED_BY}, keys)


@dataclass(frozen=True, slots=True)
class _Writer:
    """What turns answers into typed rows."""

    schema: FormSchema
    connect: Callable[[], duckdb.DuckDBPyConnection]
    writers: Mapping[str, TableWriter]
    result: Flattened
    zone: ZoneInfo

    def write(self, batch: Batch) -> None:
        """Write what was read, and note what went to no column."""
        rejects = [self.result.rejects]
        for table, answers in batch.texts:
            texts = trimmed(table, answers)
            system = system_columns(self.schema, table, self.zone.key)
            rows = typed_rows(self.connect, table, system, texts)
            self.writers[table.name].write(rows)
            for question, wrong in misfits(table, texts, rows):
                rejects.append(self._rejected(table, question, wrong))
        rejects.append(self._beside_as_table(batch.rejects, REJECTS))
        unknown = self._beside_as_table(batch.unknown, UNKNOWN_ANSWERS)
        self.result.rejects = pa.concat_tables(rejects)
        self.result.unknown_answers = pa.concat_tables([self.result.unknown_answers, unknown])

    def _rejected(self, table: Table, question: str, wrong: pa.Table) -> pa.Table:
        count = wrong.num_rows
        row = wrong.column("_row") if "_row" in wrong.column_names else [None] * count
        return pa.table(
            [
                [self.schema.form_id] * count,
                [table.name] * count,
                *(wrong.column(name) for name in ("_source", "_id", "_root_uuid")),
                row,
                [question] * count,
                wrong.columns[-1],
            ],
            schema=REJECTS,
        )

    def _beside_as_table(self, found: Sequence[Left], schema: pa.Schema) -> pa.Table:
        if not found:
            return schema.empty_table()
        columns = zip(*found, strict=True)
        return pa.table([[self.schema.form_id] * len(found), *columns], schema=schema)


def in_order(ledger: pa.Table) -> pa.Table:
    """Give a ledger by table, submission and row."""
    keys = ("table_name", "_source", "_id", "_row", ledger.column_names[-2])
    return ledger.sort_by([(key, "ascending") for key in keys])


def _connection(zone: ZoneInfo, opened: ExitStack) -> duckdb.DuckDBPyConnection:
    connection = opened.enter_context(duckdb.connect(":memory:"))
    connection.execute(f"SET TimeZone = {literal(zone.key)}")
    # one wide projection after another: planning would cost more than it saves
    connection.execute("PRAGMA disable_optimizer")
    return connection


def _progress_text(form: str) -> Text:
    return Text(vi=f"Đang lập bảng từ {form}", en=f"Making tables of {form}")
