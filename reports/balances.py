"""The monthly reports that balances of funds were taken from: one a club, not every report."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow.parquet as pq

from programme.dates import Month
from reports.indicators.definitions import Indicator
from reports.periods import Period
from reports.sources import Sources

_BALANCE = re.compile(r"\b(income_fund|operating_fund)(_start)?\b")
_EVERY_REPORT = re.compile(r"\b(months_\w+|areas_integrated)\b")


def balance_reports(
    sources: Sources, indicator: Indicator, period: Period
) -> frozenset[str] | None:
    """Give the root uuids of the reports whose balance an indicator of clubs counts.

    Args:
        indicator: any; only those over the table ``clubs`` count balances.
        period: the balance is that of its last month, or of an earlier one that is carried.

    Returns:
        None where it counts no balance, or rests on every report of the period.
    """
    sql = " ".join((indicator.where, indicator.numerator, indicator.denominator))
    wanted = set(_BALANCE.findall(sql))
    if indicator.table != "clubs" or not wanted or _EVERY_REPORT.search(sql):
        return None
    last = Month.of(period.cut_off(sources.as_of))
    before = Month.of(period.start).plus(-1)
    carry = sources.definitions.carry_months
    rows = _reports(sources)
    return frozenset(
        root
        for fund, start in wanted
        for root in _latest(rows, f"{fund}_total", before if start else last, carry)
    )


def _reports(sources: Sources) -> list[dict[str, Any]]:
    columns = ["club_code", "month", "_root_uuid", "income_fund_total", "operating_fund_total"]
    path = sources.tables.path("club_month")
    known = set(pq.read_schema(path).names)
    rows: list[dict[str, Any]] = pq.read_table(
        path, columns=[each for each in columns if each in known]
    ).to_pylist()
    return sorted(rows, key=lambda row: str(row["month"]))


def _latest(
    rows: Sequence[Mapping[str, Any]], column: str, last: Month, carry: int
) -> Iterator[str]:
    """Give the report of each club with its latest balance, if it is not too old to be carried."""
    first = last.plus(-carry - 1)  # a month that is not over yet is not due
    latest = {
        row["club_code"]: row["_root_uuid"]
        for row in rows
        if row.get(column) is not None and first <= Month.parse(row["month"]) <= last
    }
    yield from filter(None, latest.values())
