"""The queries behind figures: one a table, with all its indicators as columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from programme.sql.allowed import DIALECT
from reports.indicators.breakdowns import Breakdown
from reports.indicators.definitions import Target
from reports.indicators.lines import PARTS, Line
from reports.indicators.parts import Over, Parts, adds_up, apart, read
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
        if self.table == "clubs":
            for name, sql in _REPORTING.items():
                added["sum"][name] = apart(read(sql, {}, ""), parts["sum"])
                self.column_of["", name] = name
        for line, part, over in self._expressions():
            tree = self._read(line, part)
            adding = adds_up(tree)
            outer = apart(tree, parts[over], over) if adding else tree.sql(DIALECT)
            name = self._column(f"{over if adding else 'direct'} {outer}", line, part)
            (added[over] if adding else direct).setdefault(name, outer)
        for over, columns in added.items():
            if columns:
                yield self._adding(columns, parts[over], clubs_first=over != "sum")
        if direct:
            yield self._direct(direct)
        if meeting := [line for line in self.lines if line.by_clubs]:
            yield self._meeting(meeting)

    def sliced(self, breakdown: Breakdown) -> Query | None:
        """Give the query of all figures by a breakdown; None where no line has it."""
        parts, outers = Parts(), {}
        for line in self.lines:
            if breakdown.code not in line.indicator.breakdowns:
                continue
            for part in ("numerator", "denominator"):
                if part in self.checked[line.indicator.code]:
                    tree = self._read(line, part)
                    sql = apart(tree, parts) if adds_up(tree) else None
                    if sql is None:
                        return self._sliced_directly(breakdown)
                    outers[f"{line.code}.{part}"] = sql
        return self._adding(outers, parts, category=breakdown.expression) if outers else None

    def _sliced_directly(self, breakdown: Breakdown) -> Query:
        columns = {
            f"{line.code}.{part}": self._read(line, part).sql(DIALECT)
            for line in self.lines
            if breakdown.code in line.indicator.breakdowns
            for part in ("numerator", "denominator")
            if part in self.checked[line.indicator.code]
        }
        return self._direct(columns, category=breakdown.expression)

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
        keys = [self.by, "unit_no", *(["category"] if category else [])]
        rows, inner = self._rows(category), _named(parts.of)
        if clubs_first:
            first = ", ".join((*keys, "club_no"))
            rows = f"({_select(f'{first}, {inner}', rows, by=first)})"
            inner = _named({f"SUM({name})": name for name in parts.of.values()})
        group, wanted = ", ".join(keys), _wanted(outers)

        def smallest(where: str = "") -> str:
            if self.table in CHANGES and parts.count_and_add:
                return f"({self._from_changes(keys, parts, category, where)}) AS parts"
            sql = _select(f"{group}, {inner}", f"{rows} AS rows_of", where=where, by=group)
            return f"({sql}) AS parts"

        return Query(
            _select(
                f"{self._keys('parts', category)}, {wanted}",
                _around(smallest(), "parts"),
                by=self._by("parts", category),
            ),
            _select(wanted, smallest("FALSE")),
            tuple(outers),
        )

    def _from_changes(self, keys: Sequence[str], parts: Parts, category: str, where: str) -> str:
        """Add changes up over the days of a year, instead of counting everybody on each of them."""
        own = [key for key in keys if key != self.by]
        group = ", ".join((self.by, "year_no", *own))
        inner = _named({sql: name for name, sql in parts.of_changes()})
        rows = self._rows(category, CHANGES[self.table])
        changed = _select(f"{group}, {inner}", f"{rows} AS rows_of", where=where, by=group)
        days = "days ON days.year_no = changed.year_no AND days.day_no >= changed.day_no"
        group = ", ".join(("days.day_no", *(f"changed.{key}" for key in own)))
        outer = _named({sql: name for name, sql in parts.of_sums()})
        return _select(f"{group}, {outer}", f"({changed}) AS changed JOIN {days}", by=group)

    def _direct(self, columns: Mapping[str, str], *, category: str = "") -> Query:
        """Compute what does not add up from the rows themselves, in every area anew."""
        wanted, rows = _wanted(columns), f"{self._rows(category)} AS rows_of"
        return Query(
            _select(
                f"{self._keys('rows_of', category)}, {wanted}",
                _around(rows, "rows_of"),
                by=self._by("rows_of", category),
            ),
            _select(wanted, rows, where="FALSE"),
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
            value = _value(line, place)
            counts[f"{line.code}.met"] = f"COUNT(*) FILTER (WHERE {_met(line.target, value)})"
            counts[f"{line.code}.of"] = f"COUNT({value})"
        keys, wanted = f"{self.by}, unit_no, club_no", _wanted(counts)

        def clubs(where: str = "") -> str:
            sql = _select(f"{keys}, {_wanted(of_clubs)}", self.table, where=where, by=keys)
            return f"({sql}) AS clubs"

        return Query(
            _select(
                f"{self._keys('clubs')}, {wanted}", _around(clubs(), "clubs"), by=self._by("clubs")
            ),
            _select(wanted, clubs("FALSE")),
            tuple(counts),
        )

    def _rows(self, category: str, table: str = "") -> str:
        table = table or self.table
        return f"({_select(f'*, {category} AS category', table)})" if category else table

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


def _select(wanted: str, rows: str, *, where: str = "", by: str = "") -> str:
    """Put a SELECT together from expressions that went through the guard, and names of ours."""
    sql = f"SELECT {wanted} FROM {rows}"  # noqa: S608 - see above
    sql += f" WHERE {where}" if where else ""
    return f"{sql} GROUP BY {by}" if by else sql


def _around(rows: str, name: str) -> str:
    return f"{rows} JOIN area_of ON area_of.unit_no = {name}.unit_no"


def _named(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{sql} AS {name}" for sql, name in columns.items())


def _value(line: Line, place: int) -> str:
    """Give the SQL of the value of one club, NULL where it cannot be computed."""
    value = f"numerator_{place}"
    if line.indicator.denominator:
        share = "100 * " if line.percent else ""
        value = f"{share}numerator_{place} / NULLIF(denominator_{place}, 0)"
    return f"CASE WHEN COALESCE(missing_{place}, 0) = 0 THEN {value} END"


def _wanted(columns: Mapping[str, str]) -> str:
    return ", ".join(f'CAST({sql} AS DOUBLE) AS "{name}"' for name, sql in columns.items())


def _met(target: Target | None, value: str) -> str:
    assert target is not None
    low, high = target.minimum, target.maximum
    if target.rule == "band":
        return f"{value} BETWEEN {low!r} AND {high!r}"
    if low is None:
        return "FALSE"
    return f"{value} {'>' if target.rule == 'value>min' else '>='} {low!r}"


def tables_of(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Group lines by the table they are computed over."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.indicator.table, []).append(line)
    return found
