"""``reports/awards.xlsx``: the conditions and points of the award shortlist."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from programme.problem import Place, Problem, ProblemError, Text
from programme.sql import check
from reports.indicators.sheets import SheetRow, Sheets

Kind = Literal["condition", "points"]
SHEET = "awards"
_KINDS = ("condition", "points")
_COLUMNS = ("code", "kind", "expression", "points", "label_vi", "label_en")
_PLACES = "places"
_MOST_PLACES = 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition that a club has to meet, or something that gives it points.

    Args:
        row: of the sheet.
        expression: SQL over the columns of ``award_club``; a condition says true or false, points
            say which share of them is earned, 0 to 1. Empty (NULL) is: not known.
        points: the most it can give; 0 for a condition.
    """

    row: int
    code: str
    kind: Kind
    expression: str
    points: float
    label: Text


@dataclass(frozen=True, slots=True)
class Rules:
    """The workbook.

    Args:
        places: how many clubs a shortlist has; ties at its end all stand in it.
    """

    file: str
    rules: tuple[Rule, ...]
    places: int

    @property
    def conditions(self) -> tuple[Rule, ...]:
        """Those that a club has to meet."""
        return tuple(rule for rule in self.rules if rule.kind == "condition")

    @property
    def scored(self) -> tuple[Rule, ...]:
        """Those that give points."""
        return tuple(rule for rule in self.rules if rule.kind == "points")

    @property
    def most(self) -> float:
        """The points of a club that earns all there are."""
        return sum(rule.points for rule in self.rules)


def load_rules(path: Path) -> Rules:
    """Read the workbook.

    Raises:
        ProblemError: every mistake, with sheet, row and column.
    """
    sheets = Sheets(path)
    rules = tuple(_rule(row) for row in sheets.rows(SHEET, _COLUMNS))
    places = 10
    for row in sheets.rows("settings", ("setting", "value")):
        row.one_of("setting", (_PLACES,))
        value = row.number_in("value")
        if value is not None:
            places = int(value)
            _check_places(row, value)
    sheets.finish()
    return Rules(path.name, rules, places)


def _rule(row: SheetRow) -> Rule:
    code = row.text("code", required=True)
    row.once("code", code)
    kind = row.one_of("kind", _KINDS)
    points = row.number_in("points") or 0
    if kind in _KINDS and (points > 0) is not (kind == "points"):
        row.problem(
            "award-points",
            Text(
                vi="dòng «points» cần số điểm lớn hơn 0; dòng «condition» không có điểm",
                en="a row “points” needs points above 0, a row “condition” has none",
            ),
            Text(vi="hãy sửa ô này", en="mend this cell"),
            "points",
        )
    return Rule(
        row.number,
        code,
        cast(Kind, kind),
        row.text("expression", required=True),
        points,
        row.both("label", required=True),
    )


def _check_places(row: SheetRow, value: float) -> None:
    if not 1 <= value <= _MOST_PLACES or value % 1:
        row.problem(
            "award-places",
            Text(
                vi="số chỗ phải là số nguyên từ 1 đến 1000",
                en="places are a whole number, 1 to 1000",
            ),
            Text(vi="hãy sửa ô này", en="mend this cell"),
            "value",
        )


def checked(rules: Rules, columns: Mapping[str, str]) -> dict[str, str]:
    """Pass every expression through the SQL guard; code → SQL.

    Args:
        columns: of ``award_club`` with their types.

    Raises:
        ProblemError: every expression that is refused, with sheet, row and column.
    """
    problems: list[Problem] = []
    passed: dict[str, str] = {}
    for rule in rules.rules:
        place = Place(rules.file, SHEET, rule.row, "expression")
        try:
            passed[rule.code] = check(
                rule.expression, {"award_club": columns}, place, kind="expression"
            )
        except ProblemError as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemError(problems)
    return passed
