"""The queries behind figures: checked expressions, run over one analysis table."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from programme.problem import Place, Problem, ProblemError
from programme.sql import check, run_limited
from reports.indicators.definitions import PERCENT_UNITS, Definitions, Indicator, Target
from reports.indicators.frames import Frames

SECONDS = 60
PARTS = ("numerator", "denominator", "known", "expected", "missing", "remark")

Parts = Mapping[str, float | None]
Checked = Mapping[str, str]


def check_expressions(frames: Frames, definitions: Definitions) -> dict[str, Checked]:
    """Pass every expression of the workbook through the guard; code → part → SQL.

    Raises:
        ProblemError: every expression that is refused, with sheet, row and column.
    """
    columns = frames.columns()
    problems: list[Problem] = []
    checked: dict[str, Checked] = {}
    for indicator in definitions.indicators:
        table = columns[indicator.table] | {"threshold_min": "DOUBLE", "threshold_max": "DOUBLE"}
        passed: dict[str, str] = {}
        checked[indicator.code] = passed
        for part in (*PARTS, "where"):
            sql = getattr(indicator, part)
            if not sql:
                continue
            place = Place(definitions.path.name, "indicators", indicator.row, part)
            try:
                passed[part] = _pass(sql, indicator.table, tuple(table.items()), place)
            except ProblemError as error:
                problems.extend(error.problems)
    if problems:
        raise ProblemError(problems)
    return checked


@lru_cache(maxsize=4096)  # the same workbook serves many areas and both languages
def _pass(sql: str, table: str, columns: tuple[tuple[str, str], ...], place: Place) -> str:
    return check(sql, {table: dict(columns)}, place, kind="expression")


def run(frames: Frames, indicator: Indicator, checked: Checked, target: Target | None) -> Parts:
    """Compute the parts of one figure; ``threshold_min`` and ``_max`` are the target's."""
    wanted = ", ".join(
        f"CAST({checked[part]} AS DOUBLE) AS {part}" if part in checked else f"NULL AS {part}"
        for part in PARTS
    )
    low = target.threshold_min if target else None
    high = target.threshold_max if target else None
    conditions = list(_conditions(frames, indicator, checked, target))
    where = " AND ".join(f"({condition})" for condition in conditions) or "TRUE"
    # every expression went through the guard, the rest is written here
    sql = (
        f"SELECT {wanted} FROM (SELECT *, CAST({_literal(low)} AS DOUBLE) AS threshold_min, "  # noqa: S608
        f"CAST({_literal(high)} AS DOUBLE) AS threshold_max FROM {indicator.table}) "
        f"AS {indicator.table} WHERE {where}"
    )
    place = Place("indicators.xlsx", "indicators", indicator.row)
    row = run_limited(frames.connection, sql, SECONDS, place=place).to_pylist()[0]
    return {part: row[part] for part in PARTS}


def _conditions(
    frames: Frames, indicator: Indicator, checked: Checked, target: Target | None
) -> Iterator[str]:
    if "where" in checked:
        yield checked["where"]
    population = indicator.population or (target.population if target else "")
    if target is not None and population == "clubs founded in the phase":
        end = min(target.founded_to, frames.asked.cut_off)
        yield f"founded_on BETWEEN DATE '{target.founded_from}' AND DATE '{end}'"


def _literal(value: float | None) -> str:
    return "NULL" if value is None else repr(value)


def value_of(indicator: Indicator, parts: Parts) -> float | None:
    """Give the value, a share in percent; None where there is nothing to divide by."""
    numerator, denominator = parts["numerator"], parts["denominator"]
    if not indicator.denominator:
        return numerator
    if numerator is None or not denominator:
        return None
    share = numerator / denominator
    return 100 * share if indicator.unit in PERCENT_UNITS else share


def coverage_of(parts: Parts) -> float | None:
    """Give the percent of units with data; None where it does not apply."""
    known, expected = parts["known"], parts["expected"]
    if known is None or not expected:
        return None
    return 100 * known / expected
