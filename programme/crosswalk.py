"""From the 63 provinces and 10,035 communes before 1 July 2025 to the communes of today.

Where a commune was split over several new ones, all of them are given and a person decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from programme.crosswalk_problems import (
    old_area_ambiguous,
    old_area_unknown,
    old_code_unknown,
    wrong_split,
)
from programme.lists import read_list
from programme.old_names import bare, name_of, spelled
from programme.problem import NOWHERE, Place, ProblemError
from programme.text import tidy

__all__ = ["Crosswalk", "OldCommune", "load_crosswalk"]

# compressed: 760 kB as plain text, and nobody needs to read it in a diff
SHIPPED = Path(__file__).with_name("crosswalk.csv.xz")

_COLUMNS = ("old_province", "old_district", "old_commune", "old_code", "new_code", "split")


@dataclass(frozen=True, slots=True)
class OldCommune:
    """A commune before 1 July 2025.

    Args:
        province: "Tỉnh Lạng Sơn".
        district: "Huyện Chi Lăng".
        label: "Thị trấn Đồng Mỏ"; empty for an island district that had no communes.
        code: its code then, empty as the label; many codes live on with another meaning.
        new_codes: codes of today's communes it became; several if it was split.
    """

    province: str
    district: str
    label: str
    code: str
    new_codes: tuple[str, ...]

    @property
    def is_split(self) -> bool:
        """True where only a person can say which of the new communes is meant."""
        return len(self.new_codes) > 1


@dataclass(frozen=True)
class Crosswalk:
    """All old communes that are known.

    Args:
        communes: in the order of the list; five of them are island districts without communes.
    """

    communes: tuple[OldCommune, ...]

    def new_communes(
        self, old_province: str, old_district: str, old_commune: str, place: Place = NOWHERE
    ) -> tuple[str, ...]:
        """Give the codes of today's communes that an old one became; several if it was split.

        Args:
            old_province: with or without "Tỉnh"; marks and case do not matter.
            old_district: with or without "Huyện", "Thành phố", which may be those of other years.
            old_commune: with or without "Xã", "Phường", "Thị trấn"; anything, also nothing, for
                an island district that had no communes (Lý Sơn, Côn Đảo).
            place: where the names stand.

        Raises:
            ProblemError: ``old-area-unknown`` with the nearest name; ``old-area-ambiguous`` where
                places of the same name went different ways.
        """
        communes = _alike(self._by_province, old_province, place, any_kind=True)
        communes = _alike(_by_district(communes), old_district, place, any_kind=True)
        if any(each.label for each in communes):
            communes = _alike(_by_label(communes), old_commune, place)
        if len({each.new_codes for each in communes}) > 1:
            labels = [f"{each.label}, {each.district}" for each in communes]
            raise ProblemError(old_area_ambiguous(old_commune, labels, place))
        return communes[0].new_codes

    def by_code(self, old_code: str, place: Place = NOWHERE) -> OldCommune:
        """Give an old commune by its code of then.

        Raises:
            ProblemError: ``old-code-unknown``, with the code if only leading zeros are missing.
        """
        code = old_code.strip()
        if code not in self._codes:
            near = self._codes.get(code.zfill(5))
            hint = f"{near.code} {near.label}, {near.district}" if near else None
            raise ProblemError(old_code_unknown(old_code, hint, place))
        return self._codes[code]

    @cached_property
    def _codes(self) -> dict[str, OldCommune]:
        return {each.code: each for each in self.communes if each.code}

    @cached_property
    def _by_province(self) -> dict[str, list[OldCommune]]:
        return _grouped((each.province, each) for each in self.communes)


def load_crosswalk(path: Path = SHIPPED) -> Crosswalk:
    """Read the crosswalk.

    Args:
        path: a list with the columns ``old_province``, ``old_district``, ``old_commune``,
            ``old_code``, ``new_code`` and ``split`` (yes, no); a row for each new commune.

    Raises:
        ProblemError: ``list-…`` when the list is missing or broken, ``crosswalk-split`` when its
            column ``split`` and its rows disagree.
    """
    rows: dict[tuple[str, str, str, str], list[str]] = {}
    marked: dict[tuple[str, str, str, str], tuple[int, str]] = {}
    for row in read_list(path, _COLUMNS):
        province, district, commune, code, new_code, split = map(row.values.__getitem__, _COLUMNS)
        key = (province, district, commune, code)
        rows.setdefault(key, []).append(new_code)
        marked[key] = (row.number, split)
    problems = [
        wrong_split(path, *marked[key])
        for key, codes in rows.items()
        if marked[key][1] != ("yes" if len(codes) > 1 else "no")
    ]
    if problems:
        raise ProblemError(problems)
    return Crosswalk(tuple(OldCommune(*key, tuple(codes)) for key, codes in rows.items()))


def _alike(
    named: Mapping[str, list[OldCommune]], text: str, place: Place, *, any_kind: bool = False
) -> list[OldCommune]:
    wanted, wanted_bare = spelled(text), bare(text)
    found = (
        [label for label in named if spelled(label) == wanted]
        or [label for label in named if bare(label) == wanted]
        or [label for label in named if any_kind and bare(label) == wanted_bare]
    )
    if not found:
        raise ProblemError(old_area_unknown(text, named, place))
    # marks decide where only they differ: Minh Quán and Minh Quân of one district
    written = tidy(text).casefold()
    exact = [label for label in found if written.endswith(name_of(label))]
    return [each for label in exact or found for each in named[label]]


def _by_district(communes: list[OldCommune]) -> dict[str, list[OldCommune]]:
    return _grouped((each.district, each) for each in communes)


def _by_label(communes: list[OldCommune]) -> dict[str, list[OldCommune]]:
    return _grouped((each.label, each) for each in communes if each.label)


def _grouped(pairs: Iterable[tuple[str, OldCommune]]) -> dict[str, list[OldCommune]]:
    groups: dict[str, list[OldCommune]] = defaultdict(list)
    for name, each in pairs:
        groups[name].append(each)
    return groups
