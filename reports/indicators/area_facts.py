"""What is known of communes: the sheet ``areas`` of the workbook, and the official table."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from programme.area_kinds import load_area_kinds
from programme.areas import Areas
from reports.indicators.definitions import AreaFact, Definitions


def with_area_kinds(definitions: Definitions, areas: Areas, own: Path, on: date) -> Definitions:
    """Add the kinds of the official table to those that the workbook says.

    Args:
        definitions: the workbook.
        areas: the communes there are.
        own: the official table; it may be missing.
        on: the day whose kinds are wanted.

    Raises:
        ProblemError: the table has a mistake, as ``load_area_kinds`` says it.
    """
    kinds = load_area_kinds(areas, own if own.is_file() else None)
    facts = {fact.area_code: fact for fact in definitions.area_facts}
    for code in kinds.rows:
        row = kinds.of(code, on)
        fact = facts.get(code, AreaFact(code, (), None))
        if row:
            both = tuple(sorted({*fact.kinds, *row.kinds}))
            facts[code] = replace(fact, kinds=both)
    return replace(definitions, area_facts=tuple(facts.values()))
