"""A row of ``checks.xlsx`` as the one SELECT that runs, after the guard has read it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp

from connectors.reconcile import check_problems as problems
from connectors.reconcile.check_sheet import Check, placeholders
from connectors.reconcile.check_tables import CheckTables, Schema
from connectors.store.casts import identifier
from programme.problem import Place, Problem, ProblemError
from programme.sql import check
from programme.sql.check import Kind
from programme.sql.messages import table_unknown

PARAMETERS = {"as_of": "DATE", "tolerance": "DECIMAL(18,6)", "due_day": "INTEGER"}
# what tells which submission, club or row a result speaks of
KEYS = ("club_code", "commune_code", "province_code", "month", "form", "_source", "_id",
        "_root_uuid", "_row", "about", "question", "expected", "found")  # fmt: skip
SUBJECTS = ("club_code", "_root_uuid", "about")
GIVEN = ("club", "club_name")  # what a message may use besides the columns of the result


@dataclass(frozen=True, slots=True)
class Ready:
    """A check with the SELECT that runs.

    Args:
        check: its row.
        sql: as the guard wrote it.
        place: where it stands, for problems that only show when it runs.
    """

    check: Check
    sql: str
    place: Place


def make_ready(
    checks: Sequence[Check],
    connection: duckdb.DuckDBPyConnection,
    tables: CheckTables,
    forms: Collection[str] = (),
) -> list[Ready]:
    """Pass every check through the guard, so that all that is wrong is told at once.

    Args:
        checks: from ``read_checks``.
        connection: from ``open_guarded``.
        tables: its views.
        forms: form ids; rows of their tables are parts of their submissions.

    Raises:
        ProblemError: every refusal, each with sheet, row and column.
    """
    found: list[Problem] = []
    ready = []
    for each in checks:
        try:
            if each.table:
                ready.append(_simple(each, tables, connection, forms))
            else:
                sql = _guarded(each.sql, tables.schema, each.sql_place)
                ready.append(Ready(each, sql, each.sql_place))
        except ProblemError as error:
            found += error.problems
    if found:
        raise ProblemError(found)
    return ready


def unknown_placeholders(each: Check, columns: Sequence[str]) -> list[Problem]:
    """Tell which messages want a value that is not there."""
    known = {*columns, *GIVEN}
    return [
        problems.unknown_placeholder(each.place, column, name, known)
        for column, name in _wanted(each)
        if name not in known
    ]


def _wanted(each: Check) -> Iterator[tuple[str, str]]:
    texts = {"message_vi": each.message.vi, "message_en": each.message.en,
             "do_vi": each.do.vi, "do_en": each.do.en}  # fmt: skip
    for column, text in texts.items():
        yield from ((column, name) for name in placeholders(text))


@lru_cache(maxsize=256)
def _guarded(sql: str, schema: Schema, place: Place, kind: Kind = "select") -> str:
    # the same cells over the same tables: asked of the guard once, for nights that run thrice
    tables = {name: dict(columns) for name, columns in schema}
    return check(sql, tables, place, kind=kind, parameters=PARAMETERS)


def _simple(
    each: Check,
    tables: CheckTables,
    connection: duckdb.DuckDBPyConnection,
    forms: Collection[str],
) -> Ready:
    """Make a SELECT of a condition over one table."""
    place = replace(each.place, column="condition")
    table = next((name for name in tables.types if name.lower() == each.table.lower()), None)
    if table is None:
        raise ProblemError(table_unknown(replace(place, column="table"), each.table, tables.types))
    columns = tables.types[table]
    own = ((table, tuple(columns.items())),)
    condition = _guarded(each.condition, own, place, "expression")
    if unknown := unknown_placeholders(each, [*columns, "question", "found"]):
        raise ProblemError(unknown)
    chosen = _chosen(each, columns, condition)
    form = table.split("__")[0]
    if form in forms and "form" not in columns:
        chosen.append(f"'{form}' AS form")
    sql = f"SELECT {', '.join(chosen)} FROM {identifier(table)} WHERE {condition}"  # noqa: S608 - guarded
    ready = Ready(each, _guarded(sql, tables.schema, place), place)
    if _type_of(condition, table, connection) != "BOOLEAN":
        raise ProblemError(problems.not_a_condition(place))
    return ready


def _chosen(each: Check, columns: Mapping[str, str], condition: str) -> list[str]:
    """Only what the finding shows: a table of reports has a hundred columns more."""
    used = _used(condition, columns)
    names = {*KEYS, *used, *(name for _, name in _wanted(each))}
    chosen = [identifier(name) for name in columns if name in names]
    answers = [name for name in used if name not in KEYS]
    if answers and "question" not in columns and "found" not in columns:
        chosen += [f"'{answers[0]}' AS question", f"{identifier(answers[0])} AS found"]
    return chosen


def _used(condition: str, columns: Mapping[str, str]) -> list[str]:
    """Give the columns of a condition in the order in which they are written."""
    known = {name.lower(): name for name in columns}
    tree = sqlglot.parse_one(condition, dialect="duckdb")
    found = (known.get(node.name.lower()) for node in tree.find_all(exp.Column, bfs=False))
    return list(dict.fromkeys(name for name in found if name))


def _type_of(condition: str, table: str, connection: duckdb.DuckDBPyConnection) -> str:
    sql = f"SELECT {condition} AS c FROM {identifier(table)} LIMIT 0"  # noqa: S608 - guarded
    tree = sqlglot.parse_one(sql, dialect="duckdb").transform(_without_values)
    described: Any = connection.execute(f"DESCRIBE {tree.sql('duckdb')}").fetchall()[0]
    return str(described[1])


def _without_values(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Placeholder):
        return exp.cast(exp.Null(), PARAMETERS[str(node.this)], dialect="duckdb")
    return node
