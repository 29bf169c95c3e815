"""The queries behind figures: one a table, with all its indicators as columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from programme.sql.allowed import DIALECT
from reports.indicators.breakdowns import Breakdown
from reports.indicators.definitions import Target
from reports.indicators.lines import PARTS, Line
from reports.indicators.parts import (
    Over,
    Parts,
    adds_up,
    apart,
    distinct_of,
    marked,
    of_one_row,
    read,
)
from reports.indicators.query_text import (
    Once,
    around,
    doubles,
    met,
    named,
    select,
    value_of_club,
)
from reports.indicators.views import BY_DAY, CHANGES

Checked = Mapping[str, Mapping[str, str]]  # code of an indicator → part → SQL
_REPORTING = {
    "clubs_expected": "COUNT(*) FILTER (WHERE months_expected > 0)",
    "clubs_reported": "COUNT(*) FILTER (WHERE months_reported > 0)",
}


@dataclass(frozen=True, slots=True)
class Query:
    """One query and what it gives a period (or day) and area.

    Args:
        sql: gives ``by_no``, ``area_no`` (and ``category``) and the columns.
        nothing: gives the columns of an area without any row.
        columns: their names.
    """

    sql: str
    nothing: str
    columns: tuple[str, ...]


@dataclass(slots=True)
class TableQueries:
    """Everything that is computed over one analysis table.

    Args:
        table: its name.
        lines: of the figures over it.
        column_of: code of a line and part → the column that holds it; equal ones share it.
    """

    table: str
    checked: Checked
    targets: Sequence[Target]
    lines: Sequence[Line]
    column_of: dict[tuple[str, str], str] = field(default_factory=dict)
    _sql: dict[str, str] = field(default_factory=dict)  # SQL → column
    _sliced: dict[str, list[Query]] = field(default_factory=dict)  # code of a breakdown → queries

    @property
    def by(self) -> str:
        """What rows are counted by: the day of the cut-off where nothing else matters."""
        return "day_no" if self.table in BY_DAY else "period_no"

    @property
    def trends(self) -> frozenset[str]:
        """The columns that are also wanted for the day before a period."""
        trends = {line.code for line in self.lines if line.trend}
        return frozenset(column for (code, _), column in self.column_of.items() if code in trends)

    def queries(self) -> Iterator[Query]:
        """Give the queries of all figures; they also fill ``column_of``."""
        added: dict[Over, dict[str, str]] = {"sum": {}, "average": {}, "last": {}}
        parts = {over: Parts() for over in added}
        direct: dict[str, str] = {}
        once: dict[str, Once] = {}
        if self.table == "clubs":
            for name, sql in _REPORTING.items():
                added["sum"][name] = apart(read(sql, {}, ""), parts["sum"])
                self.column_of["", name] = name
        for line, part, over in self._expressions():
            tree = self._read(line, part)
            counted = distinct_of(tree)
            if adds_up(tree):
                outer = apart(tree, parts[over], over)
                added[over].setdefault(self._column(f"{over} {outer}", line, part), outer)
            elif counted is not None:
                some = once.setdefault(counted, Once(counted))
                outer = marked(tree, some.marks)
                name = self._column(f"{counted} {outer}", line, part)
                some.columns.setdefault(name, outer)
            else:
                outer = tree.sql(DIALECT)
                direct.setdefault(self._column(f"direct {outer}", line, part), outer)
        for over, columns in added.items():
            if columns:
                yield self._adding(columns, parts[over], clubs_first=over != "sum")
        for some in once.values():
            yield self._once(some)
        if direct:
            yield self._direct(direct)
        if meeting := [line for line in self.lines if line.by_clubs]:
            yield self._meeting(meeting)

    def sliced(self, breakdown: Breakdown) -> list[Query]:
        """Give the queries of all figures by a breakdown; none where no line has it."""
        if breakdown.code not in self._sliced:
            self._sliced[breakdown.code] = self._made_of(breakdown)
        return self._sliced[breakdown.code]

    def _made_of(self, breakdown: Breakdown) -> list[Query]:
        parts, added, direct = Parts(), {}, {}
        once: dict[str, Once] = {}
        for line in self.lines:
            if breakdown.code not in line.indicator.breakdowns:
                continue
            for part in ("numerator", "denominator"):
                if part not in self.checked[line.indicator.code]:
                    continue
                tree, name = self._read(line, part), f"{line.code}.{part}"
                if adds_up(tree):
                    added[name] = apart(tree, parts)
                elif counted := distinct_of(tree):
                    some = once.setdefault(counted, Once(counted))
                    some.columns[name] = marked(tree, some.marks)
                else:
                    direct[name] = tree.sql(DIALECT)
        by = breakdown.expression
        found = [self._adding(added, parts, category=by)] if added else []
        found += [self._once(some, category=by) for some in once.values()]
        return [*found, self._direct(direct, category=by)] if direct else found

    def _expressions(self) -> Iterator[tuple[Line, str, Over]]:
        for line in self.lines:
            over = line.indicator.over_months
            for part in PARTS:
                if part in self.checked[line.indicator.code]:
                    counted = part in ("numerator", "denominator")
                    months = self.table == "club_months" and over in ("average", "last")
                    yield line, part, cast(Over, over) if counted and months else "sum"

    def _read(self, line: Line, part: str):  # type: ignore[no-untyped-def]
        checked = self.checked[line.indicator.code]
        conditions = filter(None, (checked.get("where", ""), line.condition))
        where = " AND ".join(f"({condition})" for condition in conditions)
        return read(checked[part], line.values(self.targets), where)

    def _column(self, sql: str, line: Line, part: str) -> str:
        name = self._sql.setdefault(sql, f"{line.code}.{part}")
        self.column_of[line.code, part] = name
        return name

    def _adding(
        self,
        outers: Mapping[str, str],
        parts: Parts,
        *,
        clubs_first: bool = False,
        category: str = "",
    ) -> Query:
        """Compute parts for the smallest areas, and add them up over those around."""
        if self.table in CHANGES and parts.count_and_add:
            return self._adding_changes(outers, parts, category)
        keys = [self.by, "unit_no", *(["category"] if category else [])]
        rows, inner = self._rows(category), named(parts.of)
        if clubs_first:
            first = ", ".join((*keys, "club_no"))
            rows = f"({select(f'{first}, {inner}', rows, by=first)})"
            inner = named({f"SUM({name})": name for name in parts.of.values()})
        group, wanted = ", ".join(keys), doubles(outers)

        def smallest(where: str = "") -> str:
            sql = select(f"{group}, {inner}", f"{rows} AS rows_of", where=where, by=group)
            return f"({sql}) AS parts"

        return Query(
            select(
                f"{self._keys('parts', category)}, {wanted}",
                around(smallest(), "parts"),
                by=self._by("parts", category),
            ),
            select(wanted, smallest("FALSE")),
            tuple(outers),
        )

    def _adding_changes(self, outers: Mapping[str, str], parts: Parts, category: str) -> Query:
        own = ["area_no", *(["category"] if category else [])]
        keys = ", ".join((f"parts.{self.by} AS by_no", *own))
        plain = doubles({name: of_one_row(outer) for name, outer in outers.items()})
        return Query(
            select(f"{keys}, {plain}", f"({self._from_changes(own, parts, category)}) AS parts"),
            select(
                doubles(outers), f"({self._from_changes(own, parts, category, 'FALSE')}) AS parts"
            ),
            tuple(outers),
        )

    def _from_changes(
        self, own: Sequence[str], parts: Parts, category: str, where: str = ""
    ) -> str:
        """Add changes up over the days of a year, instead of counting everybody on each of them.

        They are added up over areas before: there are fewer changes than days.
        """
        rows = f"{self._rows(category, CHANGES[self.table])} AS rows_of"
        group = ", ".join((self.by, "year_no", "unit_no", *own[1:]))
        changed = select(f"{group}, {_by_name(parts.of_changes())}", rows, where=where, by=group)
        group = ", ".join((self.by, "year_no", *own))
        areas = select(
            f"{group}, {_by_name(parts.of_areas())}",
            around(f"({changed}) AS changed", "changed"),
            by=group,
        )
        days = "days ON days.year_no = changed.year_no AND days.day_no >= changed.day_no"
        group = ", ".join(("days.day_no", *own))
        return select(
            f"{group}, {_by_name(parts.of_sums())}", f"({areas}) AS changed JOIN {days}", by=group
        )

    def _once(self, some: Once, *, category: str = "") -> Query:
        """Count each once: in its smallest area, and anew in all of them where it is in several."""
        by = ", ".join((self.by, *(["category"] if category else [])))
        marks, sums = some.made("{} AS {}"), some.summed("SUM")
        rows = f"{self._rows(category)} AS rows_of"
        each = select(
            f"{by}, unit_no, {some.of} AS one, {marks}",
            rows,
            where=f"({some.of}) IS NOT NULL",
            by=f"{by}, unit_no, {some.of}",
        )
        several = select(f"{by}, one", "each_one", by=f"{by}, one", having="COUNT(*) > 1")
        same = " AND ".join(f"several.{key} = each_one.{key}" for key in (*by.split(", "), "one"))
        mine = ", ".join(f"each_one.{key}" for key in by.split(", "))
        alone = select(
            f"{mine}, unit_no, {sums}",
            f"each_one LEFT JOIN several ON {same}",
            where="several.one IS NULL",
            by=f"{mine}, unit_no",
        )
        shared = select(
            f"{mine}, area_no, each_one.one, {some.summed('MAX')}",
            f"{around('each_one', 'each_one')} JOIN several ON {same}",
            by=f"{mine}, area_no, each_one.one",
        )
        names = ", ".join(some.marks.values())
        both = (
            f"{select(f'{by}, area_no, {names}', around(f'({alone}) AS alone', 'alone'))} "
            f"UNION ALL {select(f'{by}, area_no, {names}', f'({shared}) AS shared')}"
        )
        wanted, keys = doubles(some.columns), by.replace(self.by, f"{self.by} AS by_no", 1)
        before = f"WITH each_one AS ({each}), several AS ({several}) "
        return Query(
            before
            + select(f"{keys}, area_no, {wanted}", f"({both}) AS counted", by=f"{by}, area_no"),
            before + select(wanted, "each_one", where="FALSE"),
            tuple(some.columns),
        )

    def _direct(self, columns: Mapping[str, str], *, category: str = "") -> Query:
        """Compute what does not add up from the rows themselves, in every area anew."""
        wanted, rows = doubles(columns), f"{self._rows(category)} AS rows_of"
        return Query(
            select(
                f"{self._keys('rows_of', category)}, {wanted}",
                around(rows, "rows_of"),
                by=self._by("rows_of", category),
            ),
            select(wanted, rows, where="FALSE"),
            tuple(columns),
        )

    def _meeting(self, lines: Sequence[Line]) -> Query:
        """Count the clubs that meet a target that is set for each club."""
        of_clubs, counts = {}, {}
        for place, line in enumerate(lines):
            for part in ("numerator", "denominator", "missing"):
                of_clubs[f"{part}_{place}"] = self._part(line, part)
                self.column_of[line.code, "met"] = f"{line.code}.met"
                self.column_of[line.code, "of"] = f"{line.code}.of"
            value = value_of_club(line, place)
            counts[f"{line.code}.met"] = f"COUNT(*) FILTER (WHERE {met(line.target, value)})"
            counts[f"{line.code}.of"] = f"COUNT({value})"
        keys, wanted = f"{self.by}, unit_no, club_no", doubles(counts)

        def clubs(where: str = "") -> str:
            sql = select(f"{keys}, {doubles(of_clubs)}", self.table, where=where, by=keys)
            return f"({sql}) AS clubs"

        return Query(
            select(
                f"{self._keys('clubs')}, {wanted}", around(clubs(), "clubs"), by=self._by("clubs")
            ),
            select(wanted, clubs("FALSE")),
            tuple(counts),
        )

    def _rows(self, category: str, table: str = "") -> str:
        table = table or self.table
        if not category:
            return table
        named = f"COALESCE(CAST({category} AS VARCHAR), '') AS category"
        return f"({select(f'*, {named}', table)})"

    def _keys(self, rows: str, category: str = "") -> str:
        keys = f"{rows}.{self.by} AS by_no, area_of.area_no"
        return f"{keys}, {rows}.category" if category else keys

    def _by(self, rows: str, category: str = "") -> str:
        keys = f"{rows}.{self.by}, area_of.area_no"
        return f"{keys}, {rows}.category" if category else keys

    def _part(self, line: Line, part: str) -> str:
        if part not in self.checked[line.indicator.code]:
            return "NULL"
        return str(self._read(line, part).sql(DIALECT))


def _by_name(columns: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{sql} AS {name}" for name, sql in columns)


def tables_of(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Group lines by the table they are computed over."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.indicator.table, []).append(line)
    return found
