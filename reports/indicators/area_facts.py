"""What is known of communes: their kinds and their numbers of villages, each from one place.

What a person wrote in the sheet ``denominators``, with source and day, goes before the imported
lists; of several rows of a commune the newest up to the day counts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from programme.area_kinds import load_area_kinds
from programme.areas import Areas
from programme.folder import Folder
from programme.lists import read_list
from reports.indicators.definitions import AreaFact, Definitions

VILLAGES = "villages.csv"


def with_area_facts(
    definitions: Definitions, folder: Folder, areas: Areas, on: date
) -> Definitions:
    """Give the definitions with one fact a commune: its kinds, its number of villages.

    Args:
        definitions: the workbook.
        folder: the programme, with the imported lists of kinds and villages; they may be missing.
        areas: the communes there are.
        on: the day whose facts are wanted.

    Raises:
        ProblemError: an imported list has a mistake, as ``load_area_kinds`` and ``read_list`` say.
    """
    facts = dict(_imported(folder, areas, on))
    for code, written in _written(definitions.area_facts, on).items():
        known = facts.get(code, AreaFact(code, (), None))
        facts[code] = replace(
            written,
            kinds=written.kinds or known.kinds,
            villages=known.villages if written.villages is None else written.villages,
        )
    return replace(definitions, area_facts=tuple(facts[code] for code in sorted(facts)))


def _imported(folder: Folder, areas: Areas, on: date) -> Iterable[tuple[str, AreaFact]]:
    own = folder.area_kinds
    kinds = load_area_kinds(areas, own if own.is_file() else None)
    villages = _villages(folder.xlsforms / VILLAGES)
    for code in {*kinds.rows, *villages}:
        row = kinds.of(code, on)
        known = tuple(sorted(row.kinds)) if row else ()
        if known or code in villages:
            yield code, AreaFact(code, known, villages.get(code))


def _villages(path: Path) -> Mapping[str, int]:
    if not path.is_file():
        return {}
    return Counter(row["commune"] for row in read_list(path, ("name", "label", "commune")))


def _written(facts: Iterable[AreaFact], on: date) -> dict[str, AreaFact]:
    found: dict[str, AreaFact] = {}
    for fact in facts:  # the oldest first
        if fact.as_of is None or fact.as_of <= on:
            before = found.get(fact.area_code, fact)
            found[fact.area_code] = replace(
                fact,
                kinds=fact.kinds or before.kinds,
                villages=before.villages if fact.villages is None else fact.villages,
            )
    return found
