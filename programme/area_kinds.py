"""Kinds of area by commune: delta, mountain, border, island and so on, from official tables.

Targets speak of kinds of area, and no form may ask for them: communes without a club count too.
Only the 13 special zones are known to be islands; whoever has the official table adds the rest.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from programme.area_kind_rows import KINDS, AreaKind, AreaKindRows
from programme.areas import Areas
from programme.lists import read_list

__all__ = ["KINDS", "AreaKind", "AreaKinds", "load_area_kinds"]

SHIPPED = Path(__file__).with_name("area_kinds.csv")

_COLUMNS = ("code", "kinds", "basis", "valid_from")


@dataclass(frozen=True, slots=True)
class AreaKinds:
    """What is known of the kinds of communes.

    Args:
        rows: code of a commune → what tables say of it, the oldest first.
    """

    rows: Mapping[str, tuple[AreaKind, ...]]

    def of(self, commune: str, on: date) -> AreaKind | None:
        """Give the kinds of a commune on a day, with their legal basis; None: not classified."""
        begun = [row for row in self.rows.get(commune, ()) if row.valid_from <= on]
        return begun[-1] if begun else None


def load_area_kinds(areas: Areas, own: Path | None = None) -> AreaKinds:
    """Read the kinds that come with the product and those of the official table, if there is one.

    Args:
        areas: the communes there are.
        own: a list with the columns ``code``, ``kinds`` (separated by a semicolon, codes or words),
            ``basis`` (decision and list) and ``valid_from``; a row of it goes before a shipped one
            of the same day.

    Raises:
        ProblemError: ``list-…`` when the list is missing or broken; ``area-unknown``,
            ``area-kind-unknown``, ``area-kind-basis``, ``area-kind-date``,
            ``area-kind-repeated``, each with its row; all at once.
    """
    found: dict[str, dict[date, AreaKind]] = defaultdict(dict)
    for path in (SHIPPED, own):
        if path is None:
            continue
        rows = AreaKindRows(path.name, areas)
        for row in read_list(path, _COLUMNS):
            # a programme of one province may have its own communes only
            if path is not SHIPPED or row["code"] in areas.communes:
                rows.read(row)
        for code, kind in rows.finish():
            found[code][kind.valid_from] = kind
    return AreaKinds(
        {code: tuple(each for _, each in sorted(days.items())) for code, days in found.items()}
    )
