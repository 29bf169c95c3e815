"""Runs the checks of ``checks.xlsx`` over tables that name nobody, and writes the findings."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import duckdb
import pyarrow as pa

from connectors.reconcile import check_problems as problems
from connectors.reconcile.check_sheet import Check, placeholders, read_checks
from connectors.reconcile.phrases import Labels, sentences
from connectors.reconcile.subjects import Subjects
from connectors.store.parquet import Pair, write_table
from programme.problem import Place, Problem, ProblemError, Text
from programme.progress import Progress, silent
from programme.sql import check, open_guarded, run_limited

__all__ = ["Check", "read_checks", "run_checks"]

LONGEST_SECONDS = 120.0
MOST_FINDINGS = 100_000
PARAMETERS = {"as_of": "DATE", "tolerance": "DECIMAL(18,6)"}
SUBJECTS = ("club_code", "_root_uuid")
CHECKING = Text(vi="Đang kiểm tra số liệu", en="Running checks")
GIVEN = ("club", "club_name")  # what a message may use besides the columns of the result
FINDING = pa.schema(
    [
        ("check_code", pa.string()),
        ("severity", pa.string()),
        ("owner", pa.string()),
        ("title_vi", pa.string()),
        ("title_en", pa.string()),
        ("club_code", pa.string()),
        ("commune_code", pa.string()),
        ("province_code", pa.string()),
        ("month", pa.string()),
        ("form", pa.string()),
        ("_source", pa.string()),
        ("_id", pa.int64()),
        ("_root_uuid", pa.string()),
        ("question", pa.string()),
        ("expected", pa.string()),
        ("found", pa.string()),
        ("message_vi", pa.string()),
        ("message_en", pa.string()),
        ("do_vi", pa.string()),
        ("do_en", pa.string()),
    ]
)

Row = dict[str, Any]
Schema = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # table, columns, types


def run_checks(
    checks: Sequence[Check],
    pair: Pair,
    labels: Labels,
    as_of: date,
    *,
    progress: Progress = silent,
) -> Counter[str]:
    """Run every check over the run's tables without names; write the table ``finding``.

    Args:
        checks: from ``read_checks``.
        pair: the run's folders, registers included.
        labels: of questions and forms, by name.
        as_of: given to the SQL as ``$as_of``.
        progress: told at each check.

    Returns:
        Number of findings by check, also of those that found nothing.

    Raises:
        ProblemError: every check that cannot run, with its sheet and row.
    """
    views = {path.stem: path for path in sorted(pair.tables.glob("*.parquet"))}
    counts: Counter[str] = Counter({each.code: 0 for each in checks})
    rows: list[Row] = []
    with open_guarded(views) as connection:
        ready = _ready(checks, _types(connection, views))
        subjects = Subjects.read(connection)
        for number, (each, sql) in enumerate(ready, 1):
            progress(CHECKING, number, len(ready))
            found = sorted(_findings(connection, each, sql, as_of, subjects, labels), key=_order)
            counts[each.code] = len(found)
            rows += found
    write_table(pair, "finding", pa.Table.from_pylist(rows, schema=FINDING))
    return counts


def _types(connection: duckdb.DuckDBPyConnection, names: Mapping[str, Any]) -> dict[str, Any]:
    types: dict[str, dict[str, str]] = {}
    for name in names:
        described = connection.execute(f'DESCRIBE "{name}"').fetchall()
        types[name] = {str(row[0]): str(row[1]) for row in described}
    return types


def _ready(
    checks: Sequence[Check], tables: Mapping[str, Mapping[str, str]]
) -> list[tuple[Check, str]]:
    """Pass every cell through the guard first, so that all that is wrong is told at once."""
    found: list[Problem] = []
    ready = []
    schema = tuple((name, tuple(columns.items())) for name, columns in tables.items())
    for each in checks:
        try:
            ready.append((each, _guarded(each.sql, schema, each.place)))
        except ProblemError as error:
            found += error.problems
    if found:
        raise ProblemError(found)
    return ready


@lru_cache(maxsize=256)
def _guarded(sql: str, schema: Schema, place: Place) -> str:
    # the same cells over the same tables: asked of the guard once, for nights that run thrice
    tables = {name: dict(columns) for name, columns in schema}
    return check(sql, tables, place, parameters=PARAMETERS)


def _findings(
    connection: duckdb.DuckDBPyConnection,
    each: Check,
    sql: str,
    as_of: date,
    subjects: Subjects,
    labels: Labels,
) -> Iterator[Row]:
    values = {"as_of": as_of, "tolerance": each.tolerance}
    used = {name: value for name, value in values.items() if re.search(rf"\${name}\b", sql)}
    limited = f"SELECT * FROM (\n{sql}\n) LIMIT {MOST_FINDINGS + 1}"  # noqa: S608 - guarded
    result = run_limited(connection, limited, LONGEST_SECONDS, used, place=each.place)
    _refuse(each, result)
    for row in result.to_pylist():
        yield _finding(each, subjects.complete(row), labels)


def _refuse(each: Check, result: pa.Table) -> None:
    if not set(SUBJECTS) & set(result.column_names):
        raise ProblemError(problems.no_subject(each.place))
    if result.num_rows > MOST_FINDINGS:
        raise ProblemError(problems.too_many(each.place, MOST_FINDINGS))
    known = {*result.column_names, *GIVEN}
    texts = {"message_vi": each.message.vi, "message_en": each.message.en,
             "do_vi": each.do.vi, "do_en": each.do.en}  # fmt: skip
    unknown = [
        problems.unknown_placeholder(each.place, column, name, known)
        for column, text in texts.items()
        for name in placeholders(text)
        if name not in known
    ]
    if unknown:
        raise ProblemError(unknown)


def _finding(each: Check, row: Row, labels: Labels) -> Row:
    message = sentences(each.message, row, labels)
    do = sentences(each.do, row, labels)
    said: Row = {
        "check_code": each.code,
        "severity": each.severity,
        "owner": each.owner,
        "title_vi": each.title.vi,
        "title_en": each.title.en,
        "message_vi": message.vi,
        "message_en": message.en,
        "do_vi": do.vi,
        "do_en": do.en,
        "_id": row.get("_id"),
    }
    for name in FINDING.names:
        if name not in said:
            said[name] = _as_text(row.get(name))
    return said


def _as_text(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return None if value is None else str(value)


def _order(row: Row) -> tuple[str, ...]:
    keys = ("club_code", "month", "form", "_root_uuid", "question", "message_en", "_source")
    return tuple(row[key] or "" for key in keys)
