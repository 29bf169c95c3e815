"""Pieces of SQL that the queries behind figures are put together from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.indicators.definitions import Target
from reports.indicators.lines import Line


@dataclass(slots=True)
class Once:
    """Columns that count something once each, such as borrowers.

    Args:
        of: SQL of what is counted.
        marks: condition → column that is 1 where it is met.
        columns: name → what is done with the sums of the marks.
    """

    of: str
    marks: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    def made(self, form: str) -> str:
        """Give the marks of one from its rows."""
        return ", ".join(
            form.format(f"MAX(CASE WHEN {where} THEN 1 ELSE 0 END)", name)
            for where, name in self.marks.items()
        )

    def summed(self, by: str) -> str:
        """Give the marks put together."""
        return ", ".join(f"{by}({name}) AS {name}" for name in self.marks.values())


def select(wanted: str, rows: str, *, where: str = "", by: str = "", having: str = "") -> str:
    """Put a SELECT together from expressions that went through the guard, and names of ours."""
    sql = f"SELECT {wanted} FROM {rows}"  # noqa: S608 - see above
    sql += f" WHERE {where}" if where else ""
    sql += f" GROUP BY {by}" if by else ""
    return f"{sql} HAVING {having}" if having else sql


def around(rows: str, name: str) -> str:
    """Join rows with the areas that they count in."""
    return f"{rows} JOIN area_of ON area_of.unit_no = {name}.unit_no"


def named(columns: Mapping[str, str]) -> str:
    """Give columns by SQL → name."""
    return ", ".join(f"{sql} AS {name}" for sql, name in columns.items())


def value_of_club(line: Line, place: int) -> str:
    """Give the SQL of the value of one club, NULL where it cannot be computed."""
    value = f"numerator_{place}"
    if line.indicator.denominator:
        share = "100 * " if line.percent else ""
        value = f"{share}numerator_{place} / NULLIF(denominator_{place}, 0)"
    return f"CASE WHEN COALESCE(missing_{place}, 0) = 0 THEN {value} END"


def doubles(columns: Mapping[str, str]) -> str:
    """Give columns as numbers, each by its name → SQL."""
    return ", ".join(f'CAST({sql} AS DOUBLE) AS "{name}"' for name, sql in columns.items())


def met(target: Target | None, value: str) -> str:
    """Give the condition that a club meets a target."""
    assert target is not None
    low, high = target.minimum, target.maximum
    if target.rule == "band":
        return f"{value} BETWEEN {low!r} AND {high!r}"
    if low is None:
        return "FALSE"
    return f"{value} {'>' if target.rule == 'value>min' else '>='} {low!r}"
