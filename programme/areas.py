"""Provinces and communes by their official codes (Decision 19/2025/QĐ-TTg, as changed since).

The code is the key. Names and kinds change: a commune becomes a ward and keeps its code, so a
report of an earlier day asks for the names of that day.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from programme.area import Area
from programme.area_problems import (
    AreaListProblems,
    area_ambiguous,
    area_unknown,
)
from programme.earlier_names import OWN, EarlierName, load_earlier_names
from programme.lists import read_list
from programme.problem import NOWHERE, Language, Place, ProblemError
from programme.text import fold

__all__ = ["Area", "Areas", "load_areas"]

PROVINCES = "provinces.csv"
COMMUNES = "communes.csv"
PROVINCE_KINDS = ("tỉnh", "thành phố")
COMMUNE_KINDS = ("xã", "phường", "đặc khu")


@dataclass(frozen=True)
class Areas:
    """All provinces and communes of the programme.

    Args:
        provinces: code → province, in the order of the list.
        communes: code → commune, in the order of the list.
        earlier: code → names it had before, the oldest first; most areas have none.
    """

    provinces: Mapping[str, Area]
    communes: Mapping[str, Area]
    earlier: Mapping[str, tuple[EarlierName, ...]] = field(default_factory=dict, repr=False)

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
        return tuple(self._by_province.get(self.province(province).code, ()))

    def label(self, code: str, language: Language = "vi", on: date | None = None) -> str:
        """Write an area by its code, of either level.

        Args:
            code: code of a province or commune.
            language: ``vi`` or ``en``.
            on: the day whose name is wanted, such as a report's day; None for today's name.

        Raises:
            ProblemError: ``area-unknown``, with the nearest code.
        """
        area = self.find(code)
        return (self._as_of(area, on) if on else area).in_(language)

    def on(self, day: date) -> "Areas":
        """Give the same areas with the names that were right on a day.

        Before 1 July 2025, when these areas did not exist, they have their first names.
        """
        return replace(
            self,
            provinces={code: self._as_of(each, day) for code, each in self.provinces.items()},
            communes={code: self._as_of(each, day) for code, each in self.communes.items()},
        )

    def doubtful(self, day: date) -> tuple[Area, ...]:
        """Give the areas whose name on a day is not known for sure: their last one ended before.

        Whoever mends the name in the list, or says in ``earlier_names.csv`` of the folder that
        it did not change, takes an area out.
        """
        return tuple(
            area
            for area in self
            if any(
                not name.next_known and name.valid_until <= day and name.label == area.label
                for name in self.earlier.get(area.code, ())[-1:]
            )
        )

    def find(self, text: str, place: Place = NOWHERE) -> Area:
        """Find the area that a person means by a code or a name; marks and case do not matter.

        A name that a province and communes share means the province; a name of today goes before
        one that another area had.

        Raises:
            ProblemError: ``area-unknown`` with the nearest code or name, ``area-ambiguous`` with
                the codes to choose from.
        """
        plain = text.strip()
        if found := self.provinces.get(plain) or self.communes.get(plain):
            return found
        named = self._by_name.get(fold(plain)) or self._by_earlier_name.get(fold(plain), [])
        provinces = [area for area in named if area.code in self.provinces]
        chosen = provinces or named
        if not chosen:
            raise ProblemError(area_unknown(plain, list(self), place))
        if len(chosen) > 1:
            raise ProblemError(area_ambiguous(plain, chosen, self.provinces, place))
        return chosen[0]

    def _as_of(self, area: Area, day: date) -> Area:
        for name in self.earlier.get(area.code, ()):
            if day < name.valid_until:
                return replace(area, label=name.label, kind=name.kind)
        return area

    @cached_property
    def _by_province(self) -> dict[str, list[Area]]:
        inside: dict[str, list[Area]] = defaultdict(list)
        for commune in self.communes.values():
            inside[commune.province].append(commune)
        return inside

    @cached_property
    def _by_name(self) -> dict[str, list[Area]]:
        named: dict[str, list[Area]] = defaultdict(list)
        for area in self:
            for name in {fold(area.label), fold(area.name), fold(area.in_("en"))}:
                named[name].append(area)
        return named

    @cached_property
    def _by_earlier_name(self) -> dict[str, list[Area]]:
        named: dict[str, list[Area]] = defaultdict(list)
        for area in self:
            for label in {name.label for name in self.earlier.get(area.code, ())}:
                named[fold(label)].append(area)
        return named


def load_areas(xlsforms: Path) -> Areas:
    """Read ``provinces.csv`` and ``communes.csv``, and the names that areas had before.

    Args:
        xlsforms: the folder that holds them; it may hold an ``earlier_names.csv`` of its own.

    Raises:
        ProblemError: ``list-…`` when a list is missing or broken, ``area-code``,
            ``area-repeated``, ``area-kind``, ``area-label``, ``area-province``, ``earlier-name``,
            each with its row.
    """
    files = (PROVINCES, COMMUNES, OWN)
    return _loaded(xlsforms, tuple(_content(xlsforms / name) for name in files))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # who reads the list tells what is wrong with it
        return b""


@lru_cache(maxsize=4)  # a command asks for the same thousands of areas several times
def _loaded(xlsforms: Path, _content: tuple[bytes, ...]) -> Areas:
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
    return Areas(provinces, communes, load_earlier_names(xlsforms / OWN))
