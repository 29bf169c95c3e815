"""What reports read of the registers besides figures, read once a process for all areas."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow.parquet as pq

from programme.dates import Month, months
from programme.problem import Severity

_RUNS = 2  # a process writes reports of one run, a test of a few
_SPANS = 4  # and of a few periods


class Tables(Protocol):
    """The tables of one run; hashable, so that what was read is kept."""

    def path(self, name: str) -> Path:
        """Give the Parquet file of one table."""

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Club:
    """A club as its registration has it; days are None where they are not known."""

    code: str
    name: str
    province: str
    commune: str
    founded_on: date | None
    status: str
    status_on: date | None
    villages_served: int | None
    funds_self_managed: bool | None
    meeting_day: int | None


@dataclass(frozen=True, slots=True)
class BoardMember:
    """A member of a club's board; the name is printed on the club's own sheet only."""

    name: str
    role: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A data problem that nobody explained to be right, without the words about a person."""

    check: str
    severity: Severity
    club: str | None
    commune: str | None
    province: str | None
    month: str | None
    title_vi: str
    title_en: str


@lru_cache(maxsize=_RUNS)
def clubs(tables: Tables) -> dict[str, Club]:
    """Give every club by its code."""
    wanted = (
        *("club_code", "name", "province_code", "commune_code", "founded_on", "status"),
        *("status_on", "villages_served", "funds_self_managed", "meeting_day"),
    )
    return {
        row[0]: Club(row[0], row[1] or row[0], row[2] or "", row[3] or "", *row[4:])
        for row in _rows(tables, "club", wanted)
    }


@lru_cache(maxsize=_RUNS)
def boards(tables: Tables) -> dict[str, list[BoardMember]]:
    """Give the board of every club by its code, members of the past too."""
    found: dict[str, list[BoardMember]] = {}
    wanted = ("club_code", "board_name", "role", "since", "until")
    for club, name, role, since, until in _rows(tables, "board_member", wanted):
        found.setdefault(club, []).append(BoardMember(name or "", role or "", since, until))
    return found


@lru_cache(maxsize=_RUNS)
def roles(tables: Tables) -> dict[tuple[str, str], str]:
    """Give what the offices of a board are called: (office, language) → words of the form."""
    wanted = ("table_name", "column", "value", "language", "label")
    return {
        (value, language): label
        for table, column, value, language, label in _rows(tables, "choice_labels", wanted)
        if (table, column) == ("club_registration__board", "board_role")
    }


@lru_cache(maxsize=_RUNS)
def begun(tables: Tables) -> Month | None:
    """Give the first month that any club had to report, None when there was none yet."""
    named = (row[0] for row in _rows(tables, "club_month_expected", ("month",)))
    first = min(named, default=None)
    return None if first is None else Month.parse(first)


@lru_cache(maxsize=_SPANS)
def coverage(
    tables: Tables, first: str, last: str, cut_off: date
) -> dict[str, dict[str, tuple[int, int]]]:
    """Count the monthly reports of every area, due and received: area → month → (due, received).

    A month is due when it is over.

    Args:
        first, last: months, ``2026-10``.
        cut_off: last day that counts.
    """
    sql = f"""
        SELECT
            CASE WHEN grouping(commune_code) = 0 THEN commune_code
                WHEN grouping(province_code) = 0 THEN province_code ELSE 'VN' END AS area, month,
            COUNT(*) AS due, COUNT(*) FILTER (WHERE reported) AS received
        FROM read_parquet('{_path(tables, "club_month_expected")}') AS months
        JOIN read_parquet('{_path(tables, "club")}') AS club USING (club_code)
        WHERE expected AND month BETWEEN ? AND ?
            AND last_day(CAST(month || '-01' AS DATE)) <= ? AND founded_on <= ?
        GROUP BY GROUPING SETS ((month), (month, province_code), (month, commune_code))
    """  # noqa: S608 - the paths are of the run's own tables
    found: dict[str, dict[str, tuple[int, int]]] = {}
    with duckdb.connect(":memory:") as link:
        for area, month, due, received in link.execute(
            sql, [first, last, cut_off, cut_off]
        ).fetchall():
            found.setdefault(area, {})[month] = (due, received)
    return found


@lru_cache(maxsize=_SPANS)
def club_months(tables: Tables, first: str, last: str, cut_off: date) -> dict[str, dict[str, bool]]:
    """Tell of every club which of the months due it reported: club → month → reported."""
    found: dict[str, dict[str, bool]] = {}
    over = {
        str(each) for each in months(Month.parse(first), Month.parse(last)) if each.last <= cut_off
    }
    wanted = ("club_code", "month", "expected", "reported")
    for club, month, expected, reported in _rows(tables, "club_month_expected", wanted):
        if expected and month in over:
            found.setdefault(club, {})[month] = bool(reported)
    return found


def findings_in(tables: Tables, code: str, first: str, last: str) -> list[Finding]:
    """Give the data problems of an area or club in months; those without a month always.

    Args:
        code: ``VN``, a province, a commune or a club.
        first, last: months, ``2026-10``.
    """
    return [
        each
        for each in _findings(tables).get(code, ())
        if each.month is None or first <= each.month <= last
    ]


@lru_cache(maxsize=_RUNS)
def _findings(tables: Tables) -> Mapping[str, list[Finding]]:
    by_area: dict[str, list[Finding]] = {}
    known = clubs(tables)
    wanted = (
        *("check_code", "severity", "club_code", "commune_code", "province_code", "month"),
        *("title_vi", "title_en", "state"),
    )
    for *values, state in _rows(tables, "finding", wanted):
        if state == "waived":
            continue
        found = Finding(*values)
        for area in _areas_of(found, known.get(found.club or "")):
            by_area.setdefault(area, []).append(found)
    return by_area


def _areas_of(found: Finding, club: Club | None) -> Iterable[str]:
    codes = {"VN", found.club, found.commune, found.province}
    if club is not None:
        codes |= {club.commune, club.province}
    return [code for code in codes if code]


def _path(tables: Tables, name: str) -> str:
    return str(tables.path(name)).replace("'", "''")


def _rows(tables: Tables, name: str, columns: tuple[str, ...]) -> Iterable[tuple[Any, ...]]:
    table = pq.read_table(tables.path(name), columns=list(columns))
    return zip(*(table.column(column).to_pylist() for column in columns), strict=True)
