"""Bind checked SQL to empty tables: columns and types are wrong here, not in the night run."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import duckdb
from sqlglot import exp

from programme.interrupts import heeding
from programme.problem import Place, Problem, ProblemError
from programme.sql import messages
from programme.sql.allowed import DIALECT

Schema = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

_COLUMN = re.compile(r'(?:Referenced column|have a column named) "([^"]+)"')
_TABLE = re.compile(r'Referenced table "([^"]+)" not found')


def bind(
    tree: exp.Expr,
    tables: Mapping[str, Mapping[str, str]],
    parameters: Mapping[str, str],
    place: Place,
    *,
    is_expression: bool,
) -> None:
    """Let DuckDB find unknown columns and types that do not fit.

    Args:
        tree: SQL whose every node is already on the allow-list.
        tables: table → column → DuckDB type.
        parameters: name → DuckDB type.
        place: where the SQL stands.
        is_expression: the tree is one expression over all the tables.

    Raises:
        ProblemError: ``sql-column-unknown``, ``sql-table-unknown``, ``sql-does-not-fit``.
    """
    sql = tree.transform(_value_for(parameters)).sql(DIALECT, comments=False)
    if is_expression:
        around = ", ".join(quoted(name) for name in tables)
        # every node of it is on the allow-list
        sql = f"SELECT {sql}" + (f" FROM {around}" if around else "")  # noqa: S608
    schema = tuple((name, tuple(columns.items())) for name, columns in tables.items())
    try:
        with heeding():
            _empty(schema).cursor().execute(f"EXPLAIN {sql}")
    except duckdb.Error as error:
        raise ProblemError(_explain(error, tables, place)) from error


def quoted(name: str) -> str:
    """Write a name so that DuckDB takes it as it is."""
    return '"' + name.replace('"', '""') + '"'


@lru_cache(maxsize=16)
def _empty(schema: Schema) -> duckdb.DuckDBPyConnection:
    # views, as at run time: a table would also offer a column rowid
    connection = duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "256MB"})
    for name, columns in schema:
        fields = ", ".join(f"CAST(NULL AS {kind}) AS {quoted(column)}" for column, kind in columns)
        connection.execute(f"CREATE VIEW {quoted(name)} AS SELECT {fields} WHERE false")
    lock(connection)
    return connection


def lock(
    connection: duckdb.DuckDBPyConnection, spill: Path | None = None, own: Sequence[Path] = ()
) -> None:
    """Close a connection to files, network, Python variables and settings, for good.

    Args:
        spill: the one folder that it may write into, for SQL of our own, whose joins are carried
            out as they are written; none by default.
        own: folders that it may read and write; none by default.
    """
    if spill is not None:
        # of Parquet behind Arrow it does not know how large it is, and would hold the larger side
        connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    connection.execute("SET temp_directory = $folder", {"folder": str(spill or "")})
    if own:
        connection.execute("SET allowed_directories = $own", {"own": [str(each) for each in own]})
    connection.execute("SET python_enable_replacements = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _value_for(parameters: Mapping[str, str]) -> Callable[[exp.Expr], exp.Expr]:
    def replace(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Placeholder):
            return exp.cast(exp.Null(), parameters[str(node.this)], dialect=DIALECT)
        return node

    return replace


def _explain(error: duckdb.Error, tables: Mapping[str, Mapping[str, str]], place: Place) -> Problem:
    text = str(error)
    if found := _COLUMN.search(text):
        name = found.group(1)
        holders = [table for table, columns in tables.items() if name in columns]
        if holders:
            return messages.column_elsewhere(place, name, holders)
        columns = [column for each in tables.values() for column in each]
        return messages.column_unknown(place, name, columns)
    if found := _TABLE.search(text):
        return messages.table_unknown(place, found.group(1), tables)
    return messages.does_not_fit(place, text)
