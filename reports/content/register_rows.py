"""Rows of the registers for the reports that list: read-only, over the tables of one run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from programme.problem import Place
from programme.sql import open_guarded, run_limited
from reports.registers import Tables

if TYPE_CHECKING:
    from reports.content.data import ReportData

# a club of the area that was founded by the cut-off, with its state on that day
_HERE = """
CREATE TEMP TABLE here AS
WITH latest AS (
    SELECT club_code, arg_max(status, place) AS status
    FROM club_status CROSS JOIN asked WHERE on_date <= cut_off GROUP BY club_code
)
SELECT
    club.club_code, club.name, club.province_code, club.commune_code, club.founded_on,
    coalesce(latest.status, 'active') AS state,
    coalesce(latest.status, 'active') = 'active' AS active
FROM club CROSS JOIN asked LEFT JOIN latest USING (club_code)
WHERE club.founded_on <= cut_off
    AND area IN ('VN', club.province_code, club.commune_code, club.club_code)
"""
_CLUBS = ("club", "club_status")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is of.

    Args:
        area: ``VN``, a province, a commune or a club.
        start, cut_off: first and last day that count.
    """

    area: str
    start: date
    cut_off: date


class RegisterRows:
    """Registers of one run on a connection that reads nothing else; use in a ``with`` block.

    Every query sees ``asked`` (one row: area, period_start, cut_off) and ``here``, the clubs of
    the area with their state at the cut-off (``active``).
    """

    def __init__(self, tables: Tables, asked: Asked, names: Iterable[str]) -> None:
        self._connection = open_guarded(
            {name: tables.path(name) for name in sorted({*_CLUBS, *names})}
        )
        self._connection.execute(
            "CREATE TEMP TABLE asked AS SELECT ?::VARCHAR AS area, ?::DATE AS period_start, "
            "?::DATE AS cut_off",
            [asked.area, asked.start, asked.cut_off],
        )
        self._connection.execute(_HERE)

    def __enter__(self) -> "RegisterRows":
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.close()

    def keep(self, name: str, sql: str) -> None:
        """Keep the rows of a query of this package under a name for the queries after it."""
        self._connection.execute(f"CREATE TEMP TABLE {name} AS {sql}")

    def columns(self, name: str) -> dict[str, str]:
        """Give the columns of what was kept, with their types."""
        found = self._connection.execute(f"DESCRIBE {name}").fetchall()
        return {row[0]: row[1] for row in found}

    def limited(self, sql: str, seconds: float, place: Place) -> list[dict[str, Any]]:
        """Run a query with expressions of people's, which the guard let through.

        Raises:
            ProblemError: ``query-too-long``, ``query-too-large``, ``query-failed``.
        """
        found: list[dict[str, Any]] = run_limited(
            self._connection, sql, seconds, place=place
        ).to_pylist()
        return found

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Run a query of this package; one dict a row."""
        result = self._connection.execute(sql, list(values))
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def row(self, sql: str, values: Sequence[object] = ()) -> dict[str, Any]:
        """Run a query that gives one row."""
        (found,) = self.rows(sql, values)
        return found


def open_rows(data: "ReportData", *names: str) -> RegisterRows:
    """Open registers for what a report is of.

    Args:
        names: registers that the report reads, beside the clubs.
    """
    asked = Asked(data.place.code, data.period.start, data.cut_off)
    return RegisterRows(data.tables, asked, names)
