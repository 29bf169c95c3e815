"""The SQL that flattening runs: from a record to its rows, from a row's texts to typed columns."""

# ruff: noqa: S608 - names and texts go through identifier() and literal()

import json
from collections.abc import Iterator, Sequence

from connectors.store.casts import TEXT_KINDS, fits, identifier, literal, typed
from forms.schema import Column, FormSchema, Table

BLANKS = "E' \\t\\r\\n'"
ROOT_COLUMNS = ("_source", "_id", "_root_uuid", "_uuid")
META = {
    "_submission_time": "VARCHAR",
    "_submitted_by": "VARCHAR",
    "__version__": "VARCHAR",
    "_validation_status": {"uid": "VARCHAR"},
}


def structure(schema: FormSchema) -> str:
    """Write what DuckDB's ``json_transform`` shall take out of a record."""
    return json.dumps({**META, **_fields(schema, schema.root)}, ensure_ascii=False)


def _fields(schema: FormSchema, table: Table) -> dict[str, object]:
    fields: dict[str, object] = {column.path: "VARCHAR" for column in table.columns}
    for child in children(schema, table):
        fields[child.path] = [_fields(schema, child) or {"": "VARCHAR"}]
    return fields


def children(schema: FormSchema, table: Table) -> Iterator[Table]:
    """Give the repeats that stand directly in a table."""
    return (each for each in schema.tables if each.parent == table.name)


def record(schema: FormSchema) -> str:
    """SQL of the records of the view ``batch``, their answers as one column ``item``."""
    keys = ", ".join(identifier(name) for name in ROOT_COLUMNS)
    return (
        f"SELECT {keys}, json_transform(json, {literal(structure(schema))}) AS item "
        "FROM batch WHERE CASE WHEN json_valid(json) THEN json_type(json) = 'OBJECT' END"
    )


def repeat(parent: Table, child: Table, parent_rows: str) -> str:
    """SQL of the rows of one repeat; rows are numbered from 1 within the submission."""
    entries = f"item.{identifier(child.path)}"
    if parent.parent is None:
        outer, order, kept = "", "_at", ""
    else:
        outer, order, kept = "_row AS _parent_row, ", "_parent_row, _at", "_parent_row, "
    return (
        f"SELECT _source, _id, _root_uuid, {kept}"
        f"row_number() OVER (PARTITION BY _source, _id ORDER BY {order}) AS _row, item "
        f"FROM (SELECT _source, _id, _root_uuid, {outer}"
        f"generate_subscripts({entries}, 1) AS _at, unnest({entries}) AS item "
        f"FROM {parent_rows})"
    )


def rows(table: Table, system: Sequence[str], source: str) -> str:
    """SQL of a table's typed columns, with a last column ``_rejects``.

    Args:
        table: the form or one of its repeats.
        system: SQL of the columns that come first.
        source: name of the table with the column ``item``.
    """
    texts = [f"{_text(column)} AS {_alias(number)}" for number, column in enumerate(table.columns)]
    values = [
        f"{value} AS {identifier(name)}"
        for number, column in enumerate(table.columns)
        for name, value in typed(column, _alias(number))
    ]
    inner = f"SELECT *, {', '.join(texts)} FROM {source}" if texts else f"SELECT * FROM {source}"
    return f"SELECT {', '.join([*system, *values, _rejects(table)])} FROM ({inner})"


def _text(column: Column) -> str:
    text = f"item.{identifier(column.path)}"
    if column.kind in TEXT_KINDS:
        return f"nullif({text}, '')"
    return f"nullif(trim({text}, {BLANKS}), '')"


def _alias(number: int) -> str:
    return f"_text{number}"


def _rejects(table: Table) -> str:
    wrong = [
        f"CASE WHEN {_alias(number)} IS NOT NULL AND NOT ({condition}) THEN "
        f"{{'question': {literal(column.name)}, 'value': {_alias(number)}}} END"
        for number, column in enumerate(table.columns)
        if (condition := fits(column, _alias(number)))
    ]
    if not wrong:
        return "CAST([] AS STRUCT(question VARCHAR, value VARCHAR)[]) AS _rejects"
    return f"[each FOR each IN [{', '.join(wrong)}] IF each IS NOT NULL] AS _rejects"
