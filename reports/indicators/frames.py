"""The analysis tables of one area and period, on a connection that reads nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from programme.dates import Month
from programme.problem import ProblemError
from programme.sql import open_guarded
from reports.indicators.area_tree import AreaNode, AreaTree, commune_list, group_of
from reports.indicators.definitions import AreaFact, Definitions
from reports.indicators.engine import DuckEngine, RegisterTables
from reports.indicators.given import Span, club_given, days_of, overlap_list, region_list, unit_list
from reports.indicators.given import asked as asked_table
from reports.indicators.views import (
    MORE_REGISTERS,
    SPANS,
    TABLES,
    needed,
    registers,
    statements,
)


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
        self._tables: tuple[str, ...] = ()
        self._given = (tables, self.communes, tuple(facts), carry_months, risk_days)
        self._day_before: Frames | None = None
        self.connection = open_guarded({name: tables.path(name) for name in self._names(tables)})
        engine = DuckEngine(self.connection)
        codes = {commune.code for commune in self.communes}
        provinces = {commune.province_code for commune in self.communes} | {asked.area_code}
        nodes = [AreaNode("VN", "country", ("VN",))] if asked.area_code == "VN" else []
        nodes += [
            AreaNode(code, "province", (code,)) for code in sorted(provinces - {"VN"} - codes)
        ]
        nodes += [AreaNode(each.code, "commune", (each.code,)) for each in self.communes]
        kinds = {fact.area_code: fact.kinds for fact in self._given[2]}
        groups = {code: group_of(kinds.get(code, ()), "delta") for code in codes}
        tree = AreaTree(tuple(nodes), frozenset(), groups)
        span = Span(0, "asked", asked.start, asked.cut_off)
        definitions = Definitions(
            Path(), (), {}, {}, (), carry_months=carry_months, risk_days=risk_days
        )
        engine.give("asked", asked_table([span], definitions))
        engine.give("days", days_of([asked.cut_off]))
        engine.give("unit_list", unit_list(tree))
        engine.give("region_list", region_list(definitions))
        engine.give("overlap_list", overlap_list(definitions))
        province_of = {each.code: each.province_code for each in self.communes}
        engine.give("commune_list", commune_list(tree, province_of, self._given[2]))
        clubs = [
            each
            for each in engine.rows(
                "SELECT club_code, commune_code, province_code FROM club"
            ).to_pylist()
            if asked.area_code in ("VN", each["province_code"], each["commune_code"])
        ]
        rows = [(each["club_code"], each["commune_code"], each["province_code"]) for each in clubs]
        engine.give("club_given", club_given(rows, tree))
        answers = list(engine.columns("club_month"))
        for name, select in statements((*SPANS, *needed(self._tables)), answers):
            try:
                engine.make(name, select, kept=True)
            except ProblemError:
                if name not in MORE_REGISTERS:
                    raise
                self._tables = tuple(each for each in self._tables if each != name)

    def _names(self, tables: RegisterTables) -> tuple[str, ...]:
        found = []
        for table in TABLES:
            try:
                for name in registers([table]):
                    tables.path(name)
            except ProblemError:
                continue
            found.append(table)
        self._tables = ("club_state", *found)
        return registers(found)

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

    def columns(self) -> dict[str, dict[str, str]]:
        """Give table → column → type of the tables that indicators may read."""
        return {
            table: {
                row[0]: row[1] for row in self.connection.execute(f"DESCRIBE {table}").fetchall()
            }
            for table in self._tables
            if table in TABLES
        }

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Run a query of this package over the analysis tables; one dict a row."""
        result = self.connection.execute(sql)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
