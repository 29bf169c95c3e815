"""A table's answers, from columns of text to typed columns, and which of them did not fit."""

# ruff: noqa: S608 - names and texts go through identifier() and literal()

from collections.abc import Callable, Iterator

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from connectors.store.answers import ROW_KEYS
from connectors.store.casts import TEXT_KINDS, identifier, literal, may_not_fit, typed
from forms.schema import FormSchema, Table
from forms.tables import columns_of

BLANKS = " \t\r\n"
_TYPES: dict[str, pa.Schema] = {}  # most repeats are empty, and binding hundreds of columns is slow
_MOST = 500
_RECEIVED = "TRY_CAST(_submission_time AS TIMESTAMP)"
_LOCAL = f"({_RECEIVED} AT TIME ZONE 'UTC') AT TIME ZONE"


def system_columns(schema: FormSchema, table: Table, zone: str) -> tuple[str, ...]:
    """Give the SQL of the columns that every table of this kind has.

    Args:
        schema: the form.
        table: the form's own table or that of a repeat.
        zone: name of the time zone in which a submission has its day and month.
    """
    if table.parent is not None:
        nested = schema.table(table.parent).parent is not None
        return tuple(key for key in ROW_KEYS if nested or key != "_parent_row")
    local = f"{_LOCAL} {literal(zone)}"
    return (
        "_source",
        "_id",
        "_root_uuid",
        "_uuid",
        f"{_RECEIVED} AS _submission_time",
        f"{local} AS _submitted_local",
        f"strftime({local}, '%Y-%m') AS _submitted_month",
        "_submitted_by",
        "_form_version",
        "_validation",
    )


def trimmed(table: Table, texts: pa.Table) -> pa.Table:
    """Give the answers without blanks around them, but for words; empty ones are missing."""
    for number, column in enumerate(table.columns):
        name = _alias(number)
        at = texts.column_names.index(name)
        values = texts.column(at)
        if column.kind not in TEXT_KINDS:
            values = pc.ascii_trim(values, BLANKS)
        empty = pc.equal(values, "")
        if pc.any(empty).as_py():
            values = pc.if_else(empty, pa.scalar(None, pa.string()), values)
        texts = texts.set_column(at, name, values)
    return texts


def typed_rows(
    connect: Callable[[], duckdb.DuckDBPyConnection],
    table: Table,
    system: tuple[str, ...],
    texts: pa.Table,
) -> pa.Table:
    """Give a table's rows with their types; what does not fit is missing.

    Args:
        connect: gives the connection; its time zone is that of times. Where there is no row, and
            once the types are known, it is not asked.
        table: the form's own table or that of a repeat.
        system: from ``system_columns``.
        texts: from ``trimmed``.
    """
    values = [
        f"{value} AS {identifier(name)}"
        for number, column in enumerate(table.columns)
        for name, value in typed(column, _alias(number))
    ]
    sql = f"SELECT {', '.join([*system, *values])} FROM texts"
    if not texts.num_rows and sql in _TYPES:
        return _TYPES[sql].empty_table()
    connection = connect()
    connection.register("texts", texts)
    try:
        rows = connection.sql(sql).to_arrow_table()
    finally:
        connection.unregister("texts")
    if not texts.num_rows and len(_TYPES) < _MOST:
        _TYPES[sql] = rows.schema
    return rows


def misfits(table: Table, texts: pa.Table, rows: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Give, by question, the rows of ``texts`` whose answer became no value, answer last.

    Args:
        table: the form's own table or that of a repeat.
        texts: from ``trimmed``.
        rows: from ``typed_rows``.
    """
    for number, column in enumerate(table.columns):
        text = texts.column(_alias(number))
        value = rows.column(columns_of(column)[0])
        if may_not_fit(column) and value.null_count > text.null_count:
            wrong = pc.and_(pc.is_null(value), pc.is_valid(text))
            keys = [key for key in ("_source", "_id", "_root_uuid", "_row")
                    if key in texts.column_names]  # fmt: skip
            yield column.name, texts.select([*keys, _alias(number)]).filter(wrong)


def _alias(number: int) -> str:
    return f"_text{number}"
