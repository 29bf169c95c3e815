"""The analysis tables of one area and period, on a connection that reads nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

import duckdb

from programme.dates import Month
from programme.problem import Exit, Problem, ProblemError, Text
from programme.sql import open_guarded
from reports.indicators.definitions import AreaFact
from reports.indicators.views import TABLES, statements

REGISTERS = (
    *("club", "club_status", "member", "member_unlisted", "board_member", "loan", "loan_event"),
    *("club_month", "club_month_expected", "inspection", "finding"),
)


class RegisterTables(Protocol):
    """The registers of one run, as the store gives them."""

    def path(self, name: str) -> Path | list[Path]:
        """Give the Parquet file of one table."""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of the area: code and the province it lies in."""

    code: str
    province_code: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: an area, from which day, up to which day.

    Args:
        area_code: ``VN``, a province (2 digits) or a commune (5 digits).
        start: first day of the period.
        cut_off: last day that counts.
    """

    area_code: str
    start: date
    cut_off: date


class Frames:
    """Analysis tables in memory; close them, or use them in a ``with`` block."""

    def __init__(
        self,
        tables: RegisterTables,
        asked: Asked,
        communes: Iterable[Commune],
        facts: Iterable[AreaFact],
        *,
        carry_months: int,
        risk_days: int,
    ) -> None:
        self.asked = asked
        self.communes = tuple(communes)
        self._given = (tables, self.communes, tuple(facts), carry_months, risk_days)
        self._day_before: Frames | None = None
        self.connection = open_guarded({name: tables.path(name) for name in REGISTERS})
        self.connection.execute(
            "CREATE TEMP TABLE asked AS SELECT ?::VARCHAR AS area, ?::DATE AS period_start, "
            "?::DATE AS cut_off, ?::INTEGER AS carry_months, ?::INTEGER AS risk_days",
            [asked.area_code, asked.start, asked.cut_off, carry_months, risk_days],
        )
        self._communes(self._given[1], {fact.area_code: fact for fact in self._given[2]})
        for name, select in statements():
            self._make(name, select)

    def __enter__(self) -> "Frames":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back."""
        self.connection.close()
        if self._day_before is not None:
            self._day_before.close()

    def collected(self) -> bool:
        """Tell whether reports had begun by the cut-off; before, only published figures count."""
        begun = self.begun()
        return begun is None or begun <= Month.of(self.asked.cut_off)

    def begun(self) -> Month | None:
        """Give the first month that any club had to report, None when there was none yet."""
        row = self.connection.execute("SELECT min(month) FROM club_month_expected").fetchall()[0]
        return None if row[0] is None else Month.parse(str(row[0]))

    def day_before(self) -> "Frames":
        """Give the same tables as of the day before the period: what a trend starts from."""
        if self._day_before is None:
            tables, communes, facts, carry_months, risk_days = self._given
            day = self.asked.start - timedelta(days=1)
            self._day_before = Frames(
                tables,
                Asked(self.asked.area_code, day, day),
                communes,
                facts,
                carry_months=carry_months,
                risk_days=risk_days,
            )
        return self._day_before

    def _communes(self, communes: Sequence[Commune], facts: Mapping[str, AreaFact]) -> None:
        none = AreaFact("", (), None)
        known = [facts.get(commune.code, none) for commune in communes]
        self.connection.execute(
            "CREATE TEMP TABLE commune_list AS SELECT unnest(?::VARCHAR[]) AS commune_code, "
            "unnest(?::VARCHAR[]) AS province_code, unnest(?::VARCHAR[][]) AS kinds, "
            "unnest(?::BIGINT[]) AS villages",
            [
                [commune.code for commune in communes],
                [commune.province_code for commune in communes],
                [list(fact.kinds) for fact in known],
                [fact.villages for fact in known],
            ],
        )

    def _make(self, name: str, select: str) -> None:
        try:
            # the SQL is a file of this package, not a person's
            self.connection.execute(f"CREATE TEMP TABLE {name} AS {select}")
        except duckdb.BinderException as error:
            raise ProblemError(_other_columns(name, error), Exit.STORE) from error

    def columns(self) -> dict[str, dict[str, str]]:
        """Give table → column → type of the tables that indicators may read."""
        return {
            table: {
                row[0]: row[1] for row in self.connection.execute(f"DESCRIBE {table}").fetchall()
            }
            for table in TABLES
        }

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Run a query of this package over the analysis tables; one dict a row."""
        result = self.connection.execute(sql)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _other_columns(name: str, error: duckdb.Error) -> Problem:
    first = str(error).splitlines()[0]
    return Problem(
        "report-columns",
        Text(
            vi=f"không lập được bảng «{name}» từ các sổ: {first}",
            en=f"the table “{name}” cannot be made from the registers: {first}",
        ),
        Text(
            vi="một câu hỏi mà báo cáo cần đã bị đổi tên hoặc bỏ khỏi biểu mẫu; "
            "hãy khôi phục tên câu hỏi rồi chạy «ishc reconcile»",
            en="a question that the report needs was renamed or removed from a form; "
            "give it its name back and run “ishc reconcile”",
        ),
    )
