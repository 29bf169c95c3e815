"""Margins of the estimates from the member survey, for every area and period."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import sqlglot
from sqlglot import exp

from programme.sql.allowed import DIALECT
from reports.indicators.area_tree import AreaTree
from reports.indicators.cells import Values
from reports.indicators.definitions import Definitions
from reports.indicators.engine import Engine
from reports.indicators.given import Span, asked
from reports.indicators.lines import Line
from reports.indicators.margins import ClubSums, interviews_in, margin_of
from reports.indicators.parts import read
from reports.indicators.queries import Checked
from reports.indicators.views import statements

TABLE = "surveys"
WEIGHT = "weight"
PARTS = ("margin", "interviews", "survey_clubs")

Found = Mapping[int, Mapping[str, Values]]


def is_estimate(line: Line, checked: Checked) -> bool:
    """Tell whether a line is a ratio of weighted answers, not a count of interviews."""
    passed = checked.get(line.indicator.code, {})
    if line.indicator.table != TABLE or "denominator" not in passed:
        return False
    tree = sqlglot.parse_one(passed["denominator"], dialect=DIALECT)
    return any(column.name == WEIGHT for column in tree.find_all(exp.Column))


def survey_margins(
    engine: Engine,
    definitions: Definitions,
    checked: Checked,
    lines: Sequence[Line],
    tree: AreaTree,
    spans: Sequence[Span],
) -> tuple[Found, dict[tuple[str, str], str]]:
    """Compute margin, interviews and clubs of every estimate.

    Args:
        engine: with registers and spans.
        definitions: for the targets and the confidence.
        checked: expressions that passed the guard.
        lines: all lines.
        tree: the areas.
        spans: the periods.

    Returns:
        Number of a period → column → one number an area; and (line, part) → column.
    """
    estimates = [line for line in lines if is_estimate(line, checked)]
    if not estimates:
        return {}, {}
    engine.give("asked", asked(spans, definitions))
    for name, select in statements((TABLE,), ()):
        engine.make(name, select, kept=False)
    rows = engine.rows(_query(estimates, definitions, checked)).to_pylist()
    by_place = _by_place(rows, tree)
    found: dict[int, dict[str, Values]] = {span.number: {} for span in spans}
    for span in spans:
        for number, line in enumerate(estimates):
            columns = _columns(by_place[span.number], number, definitions, len(tree.asked))
            for part, values in zip(PARTS, columns, strict=True):
                found[span.number][f"{part}.{line.code}"] = values
    return found, {(line.code, part): f"{part}.{line.code}" for line in estimates for part in PARTS}


def _query(lines: Sequence[Line], definitions: Definitions, checked: Checked) -> str:
    columns = ", ".join(
        f"CAST({sql} AS DOUBLE) AS {part}{number}"
        for number, line in enumerate(lines)
        for part, sql in _sums(line, definitions, checked)
    )
    # every expression passed the guard, the rest is written here
    return (
        f"SELECT period_no, unit_no, club_no, stratum, {columns} FROM {TABLE} "  # noqa: S608
        "WHERE interviewed GROUP BY period_no, unit_no, club_no, stratum"
    )


def _sums(line: Line, definitions: Definitions, checked: Checked) -> Iterator[tuple[str, str]]:
    passed = checked[line.indicator.code]
    values = line.values(definitions.targets.values())
    conditions = [each for each in (passed.get("where"), line.condition) if each]
    condition = " AND ".join(f"({each})" for each in conditions)
    below = read(passed["denominator"], values, condition)
    yield "n", read(passed["numerator"], values, condition).sql(DIALECT)
    yield "d", below.sql(DIALECT)
    yield "i", below.transform(_counted).sql(DIALECT)


def _counted(node: exp.Expression) -> exp.Expression:
    return exp.Count(this=node.this.copy()) if isinstance(node, exp.Sum) else node


def _by_place(
    rows: Sequence[Mapping[str, Any]], tree: AreaTree
) -> Mapping[int, Mapping[int, list[Mapping[str, Any]]]]:
    """Give period → place of an asked area → the clubs inside it."""
    place_of = {node.code: place for place, node in enumerate(tree.asked)}
    found: dict[int, dict[int, list[Mapping[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(rows, key=lambda row: (row["period_no"], row["club_no"], row["stratum"])):
        for code in tree.nodes[row["unit_no"]].inside:
            if code in place_of:
                found[row["period_no"]][place_of[code]].append(row)
    return found


def _columns(
    places: Mapping[int, list[Mapping[str, Any]]], number: int, definitions: Definitions, areas: int
) -> tuple[Values, Values, Values]:
    margins, interviews, clubs = np.full(areas, np.nan), np.zeros(areas), np.zeros(areas)
    for place, rows in places.items():
        sums = [
            ClubSums(
                str(row["club_no"]),
                str(row["stratum"]),
                row[f"n{number}"] or 0.0,
                row[f"d{number}"],
                int(row[f"i{number}"]),
            )
            for row in rows
            if row[f"d{number}"]
        ]
        margin = margin_of(sums, definitions.survey_confidence)
        margins[place] = np.nan if margin is None else 100 * margin
        interviews[place], clubs[place] = interviews_in(sums), len(sums)
    return margins, interviews, clubs
