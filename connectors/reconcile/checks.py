"""Runs the checks of ``checks.xlsx`` over tables that name nobody."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa

from connectors.reconcile import check_problems as problems
from connectors.reconcile.check_choices import unknown_choices
from connectors.reconcile.check_sheet import Check, read_checks
from connectors.reconcile.check_sql import KEYS, SUBJECTS, Ready, make_ready, unknown_placeholders
from connectors.reconcile.check_tables import CheckTables
from connectors.reconcile.emptiness import gives_nothing
from connectors.reconcile.finding import FINDING, Row, finding_of, in_order
from connectors.reconcile.phrases import Labels
from connectors.reconcile.subjects import Subjects
from connectors.store.casts import identifier
from programme.problem import Place, Problem, ProblemError, Text
from programme.progress import Progress, silent
from programme.sql import copied, open_guarded, run_limited

__all__ = ["Check", "Found", "Limits", "read_checks", "run_checks"]

_PIECE = 5_000  # rows
# of checks that found nothing: what they return, by SQL and tables; within one process
_COLUMNS: dict[tuple[str, int], pa.Schema] = {}
_MOST = 1_000
CHECKING = Text(vi="Đang kiểm tra số liệu", en="Running checks")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a check may take.

    Args:
        seconds: longest run time of one check.
        memory: as DuckDB writes it; nothing spills onto the disk.
        findings: most that are kept of one check.
    """

    seconds: float = 120.0
    memory: str = "1500MB"
    findings: int = 100_000


USUAL = Limits()


@dataclass(slots=True)
class Found:
    """What the checks found.

    Args:
        table: the findings, check by check; there may be hundreds of thousands.
        counts: number of findings by check, also of those that found nothing, but not of those
            that could not be run to their end.
        cut: checks of which not everything is known or kept.
        problems: what a person should know and that did not stop the work.
    """

    table: pa.Table = field(default_factory=FINDING.empty_table)
    counts: dict[str, int] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """The findings one by one, where they are few."""
        rows: list[Row] = self.table.to_pylist()
        return rows


def run_checks(
    checks: Sequence[Check],
    views: Mapping[str, Path],
    labels: Labels,
    values: Mapping[str, Any],
    *,
    forms: Collection[str] = (),
    limits: Limits = USUAL,
    progress: Progress = silent,
) -> Found:
    """Run every check over tables without names.

    Args:
        checks: from ``read_checks``.
        views: tables of the forms and registers, by name.
        labels: of questions and forms, by name.
        values: ``as_of`` and ``due_day``, which the SQL knows as ``$as_of`` and ``$due_day``.
        forms: form ids.
        limits: of each check.
        progress: told at each check.

    Raises:
        ProblemError: every check that the guard refuses, with its sheet and row; one that fails
            when it runs is left out and told in ``problems``.
    """
    found = Found()
    if not checks:
        return found
    with (
        TemporaryDirectory(prefix="ishc-") as folder,
        open_guarded(
            {name: copied(path, Path(folder)) for name, path in views.items()},
            memory_limit=limits.memory,
            own=[Path(folder)],
        ) as connection,
    ):
        tables = CheckTables.of(connection, views)
        ready = make_ready(checks, connection, tables, forms)
        found.problems += unknown_choices(checks, views)
        results = {}
        for number, each in enumerate(ready, 1):
            progress(CHECKING, number, len(ready))
            key = (each.sql, tables.schema_key)
            if key in _COLUMNS and gives_nothing(each.sql, tables.empty):
                result: pa.Table | None = _COLUMNS[key].empty_table()
            else:
                result = _result(connection, each, values, limits, found)
            if result is not None:
                _refuse(each.check, result.column_names, each.place)
                results[each.check.code] = result
                if not result.num_rows and len(_COLUMNS) < _MOST:
                    _COLUMNS[key] = result.schema
        subjects = Subjects.read(connection, results.values(), views)
    made = [found.table]
    for each in ready:
        if (result := results.pop(each.check.code, None)) is not None:
            made.append(_findings(each.check, result, subjects, labels))
            found.counts[each.check.code] = made[-1].num_rows
    found.table = pa.concat_tables(made)
    return found


def _result(
    connection: duckdb.DuckDBPyConnection,
    each: Ready,
    values: Mapping[str, Any],
    limits: Limits,
    found: Found,
) -> pa.Table | None:
    """Give what a check returns, None where it could not be run to its end."""
    try:
        return _rows(connection, each, values, limits, found)
    except ProblemError as error:
        # nothing is known of what it would have found, so nothing of that is mended
        found.cut.add(each.check.code)
        found.problems += map(problems.stopped, error.problems)
        return None


def _rows(
    connection: duckdb.DuckDBPyConnection,
    each: Ready,
    values: Mapping[str, Any],
    limits: Limits,
    found: Found,
) -> pa.Table:
    given = {**values, "tolerance": each.check.tolerance}
    used = {name: value for name, value in given.items() if re.search(rf"\${name}\b", each.sql)}

    def run(sql: str, most: int | None = None) -> pa.Table:
        return run_limited(connection, sql, limits.seconds, used, most=most, place=each.place)

    everything = f"SELECT * FROM (\n{each.sql}\n)"  # noqa: S608 - the guard has read it
    result = run(everything, limits.findings + 1)
    if result.num_rows <= limits.findings:
        return result
    # the same ones whenever it runs, and how many there are
    order = ", ".join(identifier(name) for name in KEYS if name in result.column_names)
    total = run(f"SELECT count(*) FROM ({everything})").column(0)[0].as_py()  # noqa: S608 - as above
    found.cut.add(each.check.code)
    found.problems.append(problems.too_many(each.place, total, limits.findings))
    ordered = f"{everything} ORDER BY {order} LIMIT {limits.findings}" if order else everything
    return run(ordered, limits.findings)


def _refuse(each: Check, columns: Sequence[str], place: Place) -> None:
    if not set(SUBJECTS) & set(columns):
        raise ProblemError(problems.no_subject(place))
    if unknown := unknown_placeholders(each, columns):
        raise ProblemError(unknown)


def _findings(each: Check, result: pa.Table, subjects: Subjects, labels: Labels) -> pa.Table:
    """Make findings of what a check returned, in pieces: as Python objects they are large."""
    if not result.num_rows:
        return FINDING.empty_table()
    made = [FINDING.empty_table()]
    for batch in result.to_batches(max_chunksize=_PIECE):
        known = subjects.of(pa.Table.from_batches([batch]))
        rows = [finding_of(each, known.complete(row), labels) for row in batch.to_pylist()]
        made.append(pa.Table.from_pylist(rows, schema=FINDING))
    return in_order(pa.concat_tables(made))
