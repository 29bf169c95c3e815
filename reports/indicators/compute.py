"""Indicators × targets × areas × periods, in one pass."""

from collections.abc import Collection, Sequence
from datetime import date

import pyarrow.parquet as pq

from programme.areas import Areas
from programme.dates import Month
from programme.problem import ProblemError
from reports.indicators.area_tree import COUNTRY, AreaTree, Level, area_tree
from reports.indicators.checking import check_all, columns_of
from reports.indicators.definitions import Definitions
from reports.indicators.engine import Engine, Opener, RegisterTables, duckdb_engine
from reports.indicators.figures import Figures
from reports.indicators.given import spans_of
from reports.indicators.lines import lines_of
from reports.indicators.passes import Job, compute_all, prepare
from reports.indicators.queries import tables_of
from reports.indicators.survey_pass import survey_margins
from reports.indicators.views import MORE_REGISTERS, registers
from reports.periods import Period

__all__ = ["RegisterTables", "compute"]

Club = tuple[str, str | None, str | None]  # code, commune, province


def compute(
    definitions: Definitions,
    tables: RegisterTables,
    areas: Areas,
    periods: Sequence[Period],
    as_of: date,
    *,
    levels: Collection[Level] = ("country", "kind", "province", "commune"),
    within: str = COUNTRY,
    engine: Opener = duckdb_engine,
    batch: int | None = None,
) -> Figures:
    """Compute every figure of all areas and periods asked.

    Args:
        definitions: the checked ``indicators.xlsx``, with what is known of communes
            (``with_area_facts``).
        tables: registers of one run, with the years of birth (the identified set).
        areas: the provinces and communes there are.
        periods: all that are asked for, also those to compare with.
        as_of: only events up to this day count.
        levels: which areas: ``country``, ``kind``, ``province``, ``commune``, ``club``.
        within: ``VN``, a province or a commune: it and the areas inside it.
        engine: opens where it is computed.
        batch: periods at once; None: as many as fit into memory. It changes no figure.

    Raises:
        ProblemError: an expression that is not allowed or names an unknown column, with its
            sheet, row and column; a register that is missing.
    """
    periods = tuple({period.name: period for period in periods}.values())
    lines = list(lines_of(definitions, periods, as_of))
    named = {*(each.table for each in definitions.indicators), "clubs"}
    known = sorted(name for name in named if _is_there(tables, name))
    answers = _answers(tables)
    checked = check_all(definitions, columns_of(tables, definitions, known, answers))
    here = [line for line in lines if line.indicator.table in known]
    with engine(tables, registers(list(tables_of(here)))) as link:
        clubs = _clubs(link)
        tree = _tree(definitions, areas, levels, within, clubs)
        province_of = {code: area.province for code, area in areas.communes.items()}
        count = prepare(link, definitions, tree, province_of, clubs, answers)
        spans = spans_of(periods, as_of)
        job = Job(definitions, checked, here, tree, spans, answers, count, batch)
        margins, names = survey_margins(link, definitions, checked, here, tree, spans)
        computed = compute_all(link, job, margins)
        begun = _begun(link)
    return Figures(
        definitions,
        as_of,
        periods,
        within,
        tree.asked,
        lines,
        computed.cells,
        computed.column_of | names,
        begun,
    )


def _tree(
    definitions: Definitions,
    areas: Areas,
    levels: Collection[Level],
    within: str,
    clubs: Sequence[Club],
) -> AreaTree:
    asked = [(code, commune) for code, commune, _ in clubs if commune] if "club" in levels else []
    return area_tree(
        areas,
        definitions.area_facts,
        definitions.midland,
        levels=levels,
        within=within,
        clubs=asked,
    )


def _clubs(engine: Engine) -> list[Club]:
    rows = engine.rows("SELECT club_code, commune_code, province_code FROM club").to_pylist()
    return sorted((row["club_code"], row["commune_code"], row["province_code"]) for row in rows)


def _begun(engine: Engine) -> Month | None:
    """Give the first month that any club had to report."""
    (row,) = engine.rows("SELECT MIN(month) AS month FROM club_month_expected").to_pylist()
    return None if row["month"] is None else Month.parse(str(row["month"]))


def _is_there(tables: RegisterTables, name: str) -> bool:
    """Tell whether a table can be made: before the first training or survey there is no register.

    Its figures are no data then; what every programme has must be there.
    """
    try:
        for register in MORE_REGISTERS.get(name, ()):
            tables.path(register)
    except ProblemError:
        return False
    return True


def _answers(tables: RegisterTables) -> list[str]:
    path = tables.path("club_month")
    first = path[0] if isinstance(path, Sequence) else path
    return list(pq.read_schema(first).names)
