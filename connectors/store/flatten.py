"""Submissions into typed tables, one a repeat, with a ledger of every value that did not fit."""

# ruff: noqa: S608 - names and texts go through identifier() and literal()

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from connectors.store import selects
from connectors.store.casts import columns_of, identifier, literal
from connectors.store.parquet import Pair, Protection, TableWriter
from connectors.store.records import BATCH, Submission, batches
from connectors.store.twice import drop_seen_twice, without
from forms.schema import FormSchema, Table
from programme.interrupts import heeding
from programme.problem import Place, Problem, ProblemError, Text
from programme.progress import Progress, silent

UNREADABLE = "_record"  # stands for the question when a whole record cannot be read
REJECTS = pa.schema(
    [
        ("form", pa.string()),
        ("table_name", pa.string()),
        ("_source", pa.string()),
        ("_id", pa.int64()),
        ("_root_uuid", pa.string()),
        ("_row", pa.int64()),
        ("question", pa.string()),
        ("value", pa.string()),
    ]
)
UNKNOWN_KEYS = pa.schema([("form", pa.string()), ("key", pa.string()), ("submissions", pa.int64())])
_ROOT_SYSTEM = (
    "_source",
    "_id",
    "_root_uuid",
    "_uuid",
    "TRY_CAST(item._submission_time AS TIMESTAMP) AS _submission_time",
    "item._submitted_by AS _submitted_by",
    "item.__version__ AS _form_version",
    "item._validation_status.uid AS _validation",
)
_SUBMITTED_BY = "_submitted_by"


@dataclass(slots=True)
class Flattened:
    """What flattening a form gave.

    Args:
        form: form id.
        rows: number of rows by table.
        rejects: table of the values that did not fit, see ``REJECTS``; holds personal values.
        unknown: how many submissions have an answer that the workbook does not know, by key.
        seen_twice: live copies of a submission that is in the tables already.
    """

    form: str
    rows: dict[str, int] = field(default_factory=dict)
    rejects: pa.Table = field(default_factory=REJECTS.empty_table)
    unknown: Counter[str] = field(default_factory=Counter)
    seen_twice: int = 0

    def unknown_table(self) -> pa.Table:
        """Give the unknown answers as a table, see ``UNKNOWN_KEYS``."""
        keys = sorted(self.unknown)
        counts = [self.unknown[key] for key in keys]
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

    Args:
        schema: the form's tables.
        submissions: live ones only, in any order.
        pair: folders of the run to write into.
        zone: times are given in its local time; times without a zone are taken as such.
        batch: so many submissions are in memory at once.
        progress: told after every batch.

    Raises:
        ProblemError: ``form-names-collide`` when two questions differ in capital letters only.
    """
    _refuse_collisions(schema)
    result = Flattened(schema.form_id)
    writers = {table.name: TableWriter(pair, table.name, protection(table))
               for table in schema.tables}  # fmt: skip
    done = 0
    try:
        for records in batches(submissions, batch):
            with heeding(), _connection(zone) as connection:
                connection.register("batch", records)
                _flatten_batch(connection, schema, writers, result)
            done += records.num_rows
            progress(_progress_text(schema.form_id), done)
    finally:
        for writer in writers.values():
            writer.close()
    result.rows = {name: writer.rows for name, writer in writers.items()}
    losers = drop_seen_twice(schema, pair, result.rows)
    if losers.num_rows:
        result.seen_twice = losers.num_rows
        result.rejects = without(result.rejects, losers).cast(REJECTS)
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


def _connection(zone: ZoneInfo) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET TimeZone = {literal(zone.key)}")
    # one wide projection after another: planning would cost more than it saves
    connection.execute("PRAGMA disable_optimizer")
    return connection


def _flatten_batch(
    connection: duckdb.DuckDBPyConnection,
    schema: FormSchema,
    writers: Mapping[str, TableWriter],
    result: Flattened,
) -> None:
    rejects = [result.rejects, _unreadable(connection, schema)]
    sources = {schema.root.name: "_rows0"}
    connection.execute(f"CREATE TEMP TABLE _rows0 AS {selects.record(schema)}")
    for number, table in enumerate(schema.tables):
        if table.parent is not None:
            parent = schema.table(table.parent)
            sql = selects.repeat(parent, table, sources[parent.name])
            sources[table.name] = f"_rows{number}"
            connection.execute(f"CREATE TEMP TABLE _rows{number} AS {sql}")
        rejects.append(_write(connection, schema, table, sources[table.name], writers))
    result.rejects = pa.concat_tables(rejects)
    result.unknown.update(_unknown(connection, schema))


def _write(
    connection: duckdb.DuckDBPyConnection,
    schema: FormSchema,
    table: Table,
    source: str,
    writers: Mapping[str, TableWriter],
) -> pa.Table:
    """Write one table's rows of the batch; give back what did not fit."""
    sql = selects.rows(table, system_columns(schema, table), source)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE _typed AS {sql}")
    order = "_source, _id" if table.parent is None else "_source, _id, _row"
    writers[table.name].write(
        connection.sql(f"SELECT * EXCLUDE (_rejects) FROM _typed ORDER BY {order}").to_arrow_table()
    )
    row = "CAST(NULL AS BIGINT)" if table.parent is None else "_row"
    return (
        connection.sql(
            f"SELECT {literal(schema.form_id)} AS form, {literal(table.name)} AS table_name, "
            "_source, _id, _root_uuid, _row, wrong['question'] AS question, "
            f"wrong['value'] AS value FROM (SELECT _source, _id, _root_uuid, {row} AS _row, "
            "unnest(_rejects) AS wrong FROM _typed "
            "WHERE len(_rejects) > 0) ORDER BY _source, _id, _row, question"
        )
        .to_arrow_table()
        .cast(REJECTS)
    )


def system_columns(schema: FormSchema, table: Table) -> Sequence[str]:
    """Give the SQL of the columns that every table of this kind has."""
    if table.parent is None:
        return _ROOT_SYSTEM
    nested = schema.table(table.parent).parent is not None
    return ("_source", "_id", "_root_uuid", *(("_parent_row",) if nested else ()), "_row")


def _unreadable(connection: duckdb.DuckDBPyConnection, schema: FormSchema) -> pa.Table:
    """Give a reject for each record that is no JSON object, and each repeat that is no list."""
    form = literal(schema.form_id)
    parts = [
        f"SELECT {form} AS form, {form} AS table_name, _source, _id, _root_uuid, "
        f"CAST(NULL AS BIGINT) AS _row, {literal(UNREADABLE)} AS question, left(json, 200) AS value"
        " FROM batch WHERE CASE WHEN json_valid(json) THEN json_type(json) <> 'OBJECT' "
        "ELSE true END"
    ]
    for table in selects.children(schema, schema.root):
        path = literal('$."' + table.path + '"')
        parts.append(
            f"SELECT {form}, {literal(table.name)}, _source, _id, _root_uuid, NULL, "
            f"{literal(table.path)}, left(CAST(json_extract(json, {path}) AS VARCHAR), 200) "
            f"FROM batch WHERE CASE WHEN json_valid(json) THEN "
            f"json_type(json, {path}) NOT IN ('ARRAY', 'NULL') END"
        )
    return connection.sql(" UNION ALL ".join(parts)).to_arrow_table().cast(REJECTS)


def _unknown(connection: duckdb.DuckDBPyConnection, schema: FormSchema) -> dict[str, int]:
    """Count answers under keys that the workbook does not have; system keys begin with _."""
    known = [column.path for column in schema.root.columns]
    known += [table.path for table in selects.children(schema, schema.root)]
    known += sorted(schema.shown)
    listed = ", ".join(literal(key) for key in known) or "''"
    found = connection.execute(
        "SELECT key, count(*) FROM (SELECT unnest(json_keys(json)) AS key FROM batch "
        "WHERE CASE WHEN json_valid(json) THEN json_type(json) = 'OBJECT' END) "
        "WHERE NOT starts_with(key, '_') AND NOT starts_with(key, 'meta/') "
        f"AND NOT starts_with(key, 'formhub/') AND key NOT IN ({listed}) GROUP BY key"
    )
    return dict(found.fetchall())


def _refuse_collisions(schema: FormSchema) -> None:
    problems = []
    for table in schema.tables:
        named = [name for column in table.columns for name in columns_of(column)]
        counts = Counter(name.lower() for name in named)
        problems += [_collision(schema, name) for name in named if counts[name.lower()] > 1]
    if problems:
        raise ProblemError(problems)


def _collision(schema: FormSchema, name: str) -> Problem:
    return Problem(
        "form-names-collide",
        Text(
            vi=f"«{name}» trùng tên cột với một câu hỏi khác (chữ hoa và chữ thường là như nhau)",
            en=f"“{name}” makes the same column as another question (capitals do not count)",
        ),
        Text(vi="hãy đổi tên một trong hai câu hỏi", en="rename one of the two questions"),
        Place(form=schema.form_id, column=name),
    )


def _progress_text(form: str) -> Text:
    return Text(vi=f"Đang lập bảng từ {form}", en=f"Making tables of {form}")


__all__ = ["Flattened", "flatten", "identifier", "protection", "system_columns"]
