"""The small tables that analysis tables are joined with: periods, days, areas, clubs, regions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pyarrow as pa

from programme.dates import MONTHS_A_YEAR, Month
from reports.indicators.area_tree import AreaTree
from reports.indicators.definitions import Definitions
from reports.periods import Period


@dataclass(frozen=True, slots=True)
class Span:
    """What is asked for: from which day, up to which day.

    Args:
        number: of the period, from 0.
        name: of the period.
        start: first day.
        cut_off: last day that counts.
    """

    number: int
    name: str
    start: date
    cut_off: date


def spans_of(periods: Sequence[Period], as_of: date) -> list[Span]:
    """Give the periods up to a day; one that has not begun has no day in it."""
    return [
        Span(number, period.name, period.start, period.cut_off(as_of))
        for number, period in enumerate(periods)
    ]


def day_number(day: date) -> int:
    """Give the number of a day."""
    return day.toordinal()


def asked(spans: Sequence[Span], definitions: Definitions) -> pa.Table:
    """Give one row a period."""
    days = [span.cut_off for span in spans]
    count = len(spans)
    return pa.table(
        {
            "period_no": pa.array([span.number for span in spans], pa.int32()),
            "period": pa.array([span.name for span in spans], pa.string()),
            "period_start": pa.array([span.start for span in spans], pa.date32()),
            "cut_off": pa.array(days, pa.date32()),
            "day_no": pa.array([day_number(day) for day in days], pa.int32()),
            "first_month": pa.array([_month(span.start) for span in spans], pa.int32()),
            "last_month": pa.array([_month(day) for day in days], pa.int32()),
            "whole_month": pa.array([_whole_month(day) for day in days], pa.int32()),
            "carry_months": pa.array([definitions.carry_months] * count, pa.int32()),
            "risk_days": pa.array([definitions.risk_days] * count, pa.int32()),
            "risk_days_long": pa.array([definitions.risk_days_long] * count, pa.int32()),
            "ruleset": pa.array([definitions.ruleset] * count, pa.string()),
        }
    )


def months_asked(spans: Sequence[Span]) -> pa.Table:
    """Give one row a period and month that it touches: what happens by month is joined with it."""
    months = [
        (span, month)
        for span in spans
        for month in range(_month(span.start), _month(span.cut_off) + 1)
    ]
    whole = [_whole_month(span.cut_off) for span, _ in months]
    return pa.table(
        {
            "period_no": pa.array([span.number for span, _ in months], pa.int32()),
            "month_no": pa.array([month for _, month in months], pa.int32()),
            "whole_month": pa.array(whole, pa.int32()),
            "period_start": pa.array([span.start for span, _ in months], pa.date32()),
            "cut_off": pa.array([span.cut_off for span, _ in months], pa.date32()),
        }
    )


def days_of(days: Iterable[date]) -> pa.Table:
    """Give one row a day, with the day asked before it in the same year."""
    found = sorted(set(days))
    before = [None, *found][: len(found)]
    same_year = [
        one if one is not None and one.year == day.year else None
        for one, day in zip(before, found, strict=True)
    ]
    return pa.table(
        {
            "year_no": pa.array([day.year for day in found], pa.int32()),
            "day_before": pa.array(same_year, pa.date32()),
            "day_no": pa.array([day_number(day) for day in found], pa.int32()),
            "cut_off": pa.array(found, pa.date32()),
        }
    )


def unit_list(tree: AreaTree) -> pa.Table:
    """Give code → number of every area that rows may belong to by its code."""
    nodes = [
        (number, node.code)
        for number, node in enumerate(tree.nodes)
        if node.level in ("country", "province", "commune")
    ]
    return pa.table(
        {
            "area_code": pa.array([code for _, code in nodes], pa.string()),
            "unit_no": pa.array([number for number, _ in nodes], pa.int32()),
        }
    )


def region_list(definitions: Definitions) -> pa.Table:
    """Give the region of every province that a plan names."""
    pairs = [(region, code) for region in definitions.regions for code in region.provinces]
    return pa.table(
        {
            "province_code": pa.array([code for _, code in pairs], pa.string()),
            "region": pa.array([region.code for region, _ in pairs], pa.string()),
            "priority": pa.array([region.priority for region, _ in pairs], pa.bool_()),
        }
    )


def overlap_list(definitions: Definitions) -> pa.Table:
    """Give the first and last days of the times that two phases share."""
    days = definitions.overlaps
    return pa.table(
        {
            "first_day": pa.array([first for first, _ in days], pa.date32()),
            "last_day": pa.array([last for _, last in days], pa.date32()),
        }
    )


def club_given(clubs: Iterable[tuple[str, str | None, str | None]], tree: AreaTree) -> pa.Table:
    """Give the clubs inside, each with its number and that of the smallest area it counts in.

    Args:
        clubs: code, commune and province of every club.
        tree: the areas.
    """
    rows = [
        (code, unit)
        for code, commune, province in sorted(clubs)
        if (unit := tree.smallest(code, commune, province, "VN")) is not None
    ]
    return pa.table(
        {
            "club_code": pa.array([code for code, _ in rows], pa.string()),
            "club_no": pa.array(range(1, len(rows) + 1), pa.int32()),
            "unit_no": pa.array([unit for _, unit in rows], pa.int32()),
        }
    )


def _whole_month(day: date) -> int:
    """Give the last month that is over on the evening of a day."""
    return _month(day if day == Month.of(day).last else day.replace(day=1) - timedelta(days=1))


def _month(day: date) -> int:
    return day.year * MONTHS_A_YEAR + day.month
