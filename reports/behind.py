"""The rows behind a figure: what each club gives, and the submissions that this comes from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow.parquet as pq
from sqlglot import exp

from programme.sql.allowed import DIALECT
from reports.indicators.area_tree import AreaTree, area_tree
from reports.indicators.checking import check_all, columns_of
from reports.indicators.definitions import Indicator
from reports.indicators.engine import DuckEngine, duckdb_engine
from reports.indicators.figures import Figure
from reports.indicators.given import asked, days_of, months_asked, spans_of
from reports.indicators.lines import Line
from reports.indicators.parts import Over, Parts, apart, read
from reports.indicators.passes import prepare
from reports.indicators.views import needed, registers, statements
from reports.later import forms_of
from reports.periods import Period
from reports.place import COUNTRY, Place
from reports.sources import Sources

# analysis table → how the submission of a row is found
_ROOTS: Mapping[str, tuple[str, str]] = {
    "club_months": ("", "rows_of._root_uuid"),
    "inspections": ("", "rows_of._root_uuid"),
    "members": (
        "LEFT JOIN member ON member.member_code = rows_of.member_code",
        "member._root_uuid",
    ),
    "loans": ("LEFT JOIN loan ON loan.loan_code = rows_of.loan_code", "loan._root_uuid"),
}
# column of clubs and communes → the forms that it is made from
_FORMS: Mapping[str, tuple[str, ...]] = {
    r"members|women|older|in_need": ("club_registration", "monthly_activity_report"),
    r"borrowers\w*|outstanding": ("loan_record",),
    r"\w+_fund|fund_\w+|months_\w+|areas_integrated": ("monthly_activity_report",),
    r"inspected|grade|score|up_to_standard|clubs_up_to_standard": ("inspection_checklist",),
}


@dataclass(frozen=True, slots=True)
class Given:
    """What one submission gives to a figure.

    Args:
        root_uuid: of the submission; empty for what comes from none: members who are counted and
            not listed, months without a report, imported lists.
        numerator, denominator: its part of both.
    """

    club: str
    root_uuid: str
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in words of SQL, and what it gave.

    Args:
        sql: over the analysis tables of one period and area.
        numerator, denominator: of the whole area.
        given: by club and submission.
        by_submission: whether the rows of the table come from one submission each.
    """

    sql: str
    numerator: float | None
    denominator: float | None
    given: tuple[Given, ...]
    by_submission: bool


def ask(sources: Sources, figure: Figure, place: Place, period: Period) -> Asked:
    """Run the query of one figure again, for its area and for each submission in it."""
    indicator = next(
        each for each in sources.definitions.indicators if each.code == figure.indicator
    )
    line = Line(indicator, figure.target)
    with _opened(sources, place, period, indicator.table) as (engine, checked):
        conditions = filter(None, (checked[indicator.code].get("where", ""), line.condition))
        where = " AND ".join(f"({each})" for each in conditions)
        targets = list(sources.definitions.targets.values())
        trees = {
            part: read(checked[indicator.code][part], line.values(targets), where)
            for part in ("numerator", "denominator")
            if part in checked[indicator.code]
        }
        wanted = _columns({part: tree.sql(DIALECT) for part, tree in trees.items()})
        source = f"{indicator.table} AS rows_of"
        here = f"rows_of.club_code = '{place.code}'" if place.level == "club" else ""
        only = f" WHERE {here}" if here else ""
        sql = f"SELECT {wanted} FROM {source}{only}"  # noqa: S608 - it passed the guard
        over = indicator.over_months if indicator.table == "club_months" else "sum"
        if over in ("average", "last"):
            sql = _clubs_first(trees, over, f"{source}{only}")
        (whole,) = engine.rows(sql).to_pylist()
        given = tuple(_given(engine, indicator.table, wanted, source, only))
        if over == "last":
            given = tuple({each.club: each for each in given}.values())
        given = tuple(each for each in given if each.numerator or each.denominator)
    by_submission = indicator.table in _ROOTS
    return Asked(sql, whole["numerator"], whole["denominator"], given, by_submission)


def forms_behind(indicator: Indicator) -> frozenset[str]:
    """Give the forms that an indicator is made from; none where it may be any."""
    if indicator.table not in ("clubs", "communes"):
        return forms_of(indicator.table)
    sql = " ".join((indicator.where, indicator.numerator, indicator.denominator))
    found = {
        form
        for pattern, forms in _FORMS.items()
        if re.search(rf"\b(?:{pattern})\b", sql)
        for form in forms
    }
    return frozenset(found | {"club_registration"})


def _columns(parts: Mapping[str, str]) -> str:
    return ", ".join(
        f"CAST({parts[part]} AS DOUBLE) AS {part}" if part in parts else f"NULL AS {part}"
        for part in ("numerator", "denominator")
    )


def _clubs_first(trees: Mapping[str, exp.Expr], over: Over, rows: str) -> str:
    """Give the query of a figure whose months become one number of each club first."""
    parts = Parts()
    outer = {part: apart(tree, parts, over) for part, tree in trees.items()}
    inner = ", ".join(f"{sql} AS {name}" for sql, name in parts.of.items())
    # names of ours and expressions that passed the guard
    return (
        f"SELECT {_columns(outer)} FROM "  # noqa: S608
        f"(SELECT rows_of.club_code, {inner} FROM {rows} GROUP BY rows_of.club_code)"
    )


def _given(engine: DuckEngine, table: str, wanted: str, source: str, only: str) -> Iterator[Given]:
    columns = engine.columns(table)
    club = next((each for each in ("club_code", "commune_code") if each in columns), None)
    if club is None:
        return
    join, root = _ROOTS.get(table, ("", "NULL"))
    if table in ("club_months", "inspections") and "_root_uuid" not in columns:
        root = "NULL"
    month = "MAX(month), " if table == "club_months" else ""
    # only names of ours and expressions that passed the guard
    rows = engine.rows(
        f"SELECT club, root, {wanted} FROM (SELECT rows_of.*, rows_of.{club} AS club, "  # noqa: S608
        f"CAST({root} AS VARCHAR) AS root FROM {source} {join}{only}) AS rows_of "
        f"GROUP BY club, root ORDER BY club, {month}root"
    )
    for row in rows.to_pylist():
        if row["numerator"] is not None or row["denominator"] is not None:
            yield Given(row["club"] or "", row["root"] or "", row["numerator"], row["denominator"])


@contextmanager
def _opened(
    sources: Sources, place: Place, period: Period, table: str
) -> Iterator[tuple[DuckEngine, Mapping[str, Mapping[str, str]]]]:
    """Make the analysis tables of one period and area."""
    definitions, tables, areas = sources.definitions, sources.tables, sources.areas
    answers = list(pq.read_schema(tables.path("club_month")).names)
    names = sorted({each.table for each in definitions.indicators})
    checked = check_all(definitions, columns_of(tables, definitions, names, answers))
    within = place.commune or place.province or COUNTRY
    clubs = [
        (row["club_code"], row["commune_code"], row["province_code"])
        for row in pq.read_table(
            tables.path("club"), columns=["club_code", "commune_code", "province_code"]
        ).to_pylist()
    ]
    tree: AreaTree = area_tree(
        areas, definitions.area_facts, definitions.midland, levels=(), within=within
    )
    with duckdb_engine(tables, registers([table])) as engine:
        province_of = {code: area.province for code, area in areas.communes.items()}
        prepare(engine, definitions, tree, province_of, clubs, answers)
        spans = spans_of([period], sources.as_of)
        engine.give("asked", asked(spans, definitions))
        engine.give("asked_months", months_asked(spans))
        engine.give("days", days_of(_days(spans)))
        for name, select in statements(needed([table]), answers):
            engine.make(name, select, kept=False)
        yield engine, checked


def _days(spans: Sequence[Any]) -> list[date]:
    return [span.cut_off for span in spans]
