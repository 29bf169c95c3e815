"""Provinces and communes by their official codes (Decision 19/2025/QĐ-TTg, as changed since).

The code is the key. Names and kinds change: a commune becomes a ward and keeps its code.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from programme.area import Area
from programme.area_problems import (
    AreaListProblems,
    area_ambiguous,
    area_unknown,
)
from programme.lists import read_list
from programme.problem import NOWHERE, Language, Place, ProblemError
from programme.text import fold

__all__ = ["Area", "Areas", "load_areas"]

PROVINCES = "provinces.csv"
COMMUNES = "communes.csv"
PROVINCE_KINDS = ("tỉnh", "thành phố")
COMMUNE_KINDS = ("xã", "phường", "đặc khu")


@dataclass(frozen=True, slots=True)
class Areas:
    """All provinces and communes of the programme.

    Args:
        provinces: code → province, in the order of the list.
        communes: code → commune, in the order of the list.
    """

    provinces: Mapping[str, Area]
    communes: Mapping[str, Area]
    _by_province: Mapping[str, tuple[Area, ...]] = field(init=False, repr=False)
    _by_name: Mapping[str, tuple[Area, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        inside: dict[str, list[Area]] = defaultdict(list)
        for commune in self.communes.values():
            inside[commune.province].append(commune)
        named: dict[str, list[Area]] = defaultdict(list)
        for area in self:
            for name in {fold(area.label), fold(area.name), fold(area.in_("en"))}:
                named[name].append(area)
        # a frozen record may fill its own indexes once
        object.__setattr__(self, "_by_province", {k: tuple(v) for k, v in inside.items()})
        object.__setattr__(self, "_by_name", {k: tuple(v) for k, v in named.items()})

    def __iter__(self) -> Iterator[Area]:
        yield from self.provinces.values()
        yield from self.communes.values()

    def province(self, code: str, place: Place = NOWHERE) -> Area:
        """Give a province.

        Raises:
            ProblemError: ``area-unknown``, with the nearest code.
        """
        if code not in self.provinces:
            raise ProblemError(area_unknown(code, self.provinces.values(), place))
        return self.provinces[code]

    def commune(self, code: str, place: Place = NOWHERE) -> Area:
        """Give a commune, ward or special zone.

        Raises:
            ProblemError: ``area-unknown``, with the nearest code.
        """
        if code not in self.communes:
            raise ProblemError(area_unknown(code, self.communes.values(), place))
        return self.communes[code]

    def communes_of(self, province: str) -> tuple[Area, ...]:
        """Give the communes of a province, in the order of the list.

        Raises:
            ProblemError: ``area-unknown``.
        """
        return self._by_province.get(self.province(province).code, ())

    def label(self, code: str, language: Language = "vi") -> str:
        """Write an area by its code, of either level.

        Raises:
            ProblemError: ``area-unknown``, with the nearest code.
        """
        return self.find(code).in_(language)

    def find(self, text: str, place: Place = NOWHERE) -> Area:
        """Find the area that a person means by a code or a name; marks and case do not matter.

        A name that a province and communes share means the province.

        Raises:
            ProblemError: ``area-unknown`` with the nearest code or name, ``area-ambiguous`` with
                the codes to choose from.
        """
        plain = text.strip()
        if found := self.provinces.get(plain) or self.communes.get(plain):
            return found
        named = self._by_name.get(fold(plain), ())
        provinces = tuple(area for area in named if area.code in self.provinces)
        chosen = provinces or named
        if not chosen:
            raise ProblemError(area_unknown(plain, list(self), place))
        if len(chosen) > 1:
            raise ProblemError(area_ambiguous(plain, chosen, self.provinces, place))
        return chosen[0]


def load_areas(xlsforms: Path) -> Areas:
    """Read ``provinces.csv`` and ``communes.csv``.

    Args:
        xlsforms: the folder that holds them.

    Raises:
        ProblemError: ``list-…`` when a list is missing or broken, ``area-code``,
            ``area-repeated``, ``area-kind``, ``area-label``, ``area-province``, each with its row.
    """
    problems = AreaListProblems()
    provinces: dict[str, Area] = {}
    for row in read_list(xlsforms / PROVINCES, ("name", "label", "kind")):
        problems.check(PROVINCES, row, 2, PROVINCE_KINDS, provinces)
        provinces[row["name"]] = Area(row["name"], row["label"], row["kind"], row["name"])
    communes: dict[str, Area] = {}
    for row in read_list(xlsforms / COMMUNES, ("name", "label", "province", "kind")):
        problems.check(COMMUNES, row, 5, COMMUNE_KINDS, communes)
        problems.check_province(COMMUNES, row, provinces)
        communes[row["name"]] = Area(row["name"], row["label"], row["kind"], row["province"])
    problems.stop()
    return Areas(provinces, communes)
