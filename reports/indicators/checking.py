"""Passes every expression of the workbook through the guard, before anything is computed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot
from sqlglot import exp

from programme.problem import Place, Problem, ProblemError
from programme.sql import check
from programme.sql.allowed import DIALECT
from reports.indicators.area_tree import AreaTree
from reports.indicators.definitions import Definitions
from reports.indicators.engine import RegisterTables, duckdb_engine
from reports.indicators.given import asked, days_of, months_asked
from reports.indicators.lines import OF_KIND, PARTS, VALUES
from reports.indicators.passes import prepare
from reports.indicators.portable import aggregate_in, not_aggregated, refused
from reports.indicators.queries import Checked
from reports.indicators.views import needed, registers, statements

Columns = Mapping[str, Mapping[str, str]]
# numbers that join tables; nobody writes an indicator with them
_OURS = frozenset(
    {"period_no", "day_no", "unit_no", "club_no", "month_no", "borrower_no", "period"}
)


def columns_of(
    tables: RegisterTables, definitions: Definitions, names: Sequence[str], answers: Sequence[str]
) -> dict[str, dict[str, str]]:
    """Give table → column → type of analysis tables, without computing them.

    Args:
        tables: the registers.
        definitions: the workbook.
        names: of the analysis tables.
        answers: columns of the register ``club_month``.

    Raises:
        ProblemError: ``report-columns`` where a form lost a question that a table needs.
    """
    asked_for = _Asked(_shapes(tables, names), tuple(names), tuple(answers), tables, definitions)
    return {name: dict(columns) for name, columns in _columns(asked_for).items()}


@dataclass(frozen=True)
class _Asked:
    """What columns depend on: the columns of the registers, not their rows."""

    shapes: tuple[tuple[str, pa.Schema | None], ...]
    names: tuple[str, ...]
    answers: tuple[str, ...]
    tables: RegisterTables = field(compare=False)
    definitions: Definitions = field(compare=False)


@lru_cache(maxsize=8)  # reports of one programme, and of each later run
def _columns(of: _Asked) -> Columns:
    empty = AreaTree((), frozenset(), {})
    with duckdb_engine(of.tables, registers(of.names), rows=False) as engine:
        prepare(engine, of.definitions, empty, {}, (), of.answers, kept=False)
        engine.give("asked", asked((), of.definitions))
        engine.give("asked_months", months_asked(()))
        engine.give("days", days_of(()))
        for name, select in statements(needed(of.names), of.answers):
            engine.make(name, select, kept=False)
        return {
            name: {
                column: kind for column, kind in engine.columns(name).items() if column not in _OURS
            }
            for name in of.names
        }


def _shapes(
    tables: RegisterTables, names: Sequence[str]
) -> tuple[tuple[str, pa.Schema | None], ...]:
    return tuple((name, _shape(tables.path(name))) for name in registers(names))


def _shape(files: Path | Sequence[Path]) -> pa.Schema | None:
    try:
        return pq.read_schema(files if isinstance(files, Path) else files[0])
    except (pa.ArrowInvalid, OSError, IndexError):
        return None  # the engine tells what is wrong with it


def check_all(definitions: Definitions, columns: Columns) -> Checked:
    """Check every expression; give code of an indicator → part → SQL.

    Raises:
        ProblemError: every expression that is refused, with sheet, row and column.
    """
    problems: list[Problem] = []
    checked: dict[str, dict[str, str]] = {}
    for indicator in definitions.indicators:
        passed: dict[str, str] = {}
        checked[indicator.code] = passed
        if indicator.table not in columns:
            continue
        known = tuple({**columns[indicator.table], **VALUES}.items())
        if indicator.table == "communes":
            known += tuple(OF_KIND.items())
        for part in (*PARTS, "where"):
            sql = getattr(indicator, part)
            if not sql:
                continue
            place = Place(definitions.path.name, "indicators", indicator.row, part)
            try:
                passed[part] = _passed(sql, indicator.table, known, place, part == "where")
            except ProblemError as error:
                problems.extend(error.problems)
    for each in definitions.breakdowns.values():
        if each.table in columns:
            place = Place(definitions.path.name, "breakdowns", each.row, "expression")
            known = tuple(columns[each.table].items())
            try:
                _passed(each.expression, each.table, known, place, True)
            except ProblemError as error:
                problems.extend(error.problems)
    if problems:
        raise ProblemError(problems)
    return checked


@lru_cache(maxsize=4096)  # the same workbook serves many areas and both languages
def _passed(
    sql: str, table: str, columns: tuple[tuple[str, str], ...], place: Place, a_row: bool
) -> str:
    normal = check(sql, {table: dict(columns)}, place, kind="expression")
    problems = list(refused(sql, place))
    if not problems:
        problems = list(_of_rows(normal, place, a_row))
    if problems:
        raise ProblemError(problems)
    lists = {name for name, kind in columns if kind.endswith("[]")}
    tree = sqlglot.parse_one(normal, dialect=DIALECT)
    return tree.transform(lambda node: _sized(node, lists)).sql(DIALECT)


def _of_rows(sql: str, place: Place, a_row: bool) -> Iterator[Problem]:
    problem = aggregate_in(sql, place) if a_row else not_aggregated(sql, place)
    if problem is not None:
        yield problem


def _sized(node: exp.Expr, lists: set[str]) -> exp.Expr:
    """Count the entries of a list by the word that means only that."""
    if isinstance(node, exp.Length) and node.this.name in lists:
        return exp.ArraySize(this=node.this)
    return node
