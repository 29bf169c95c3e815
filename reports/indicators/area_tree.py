"""The areas that figures are of: the country, kinds of area, provinces, communes, clubs."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pyarrow as pa

from programme.area_kinds import KINDS
from programme.areas import Areas
from reports.indicators.definitions import AreaFact, Midland

Level = Literal["country", "kind", "province", "commune", "club"]
LEVELS: tuple[Level, ...] = ("country", "kind", "province", "commune", "club")
COUNTRY = "VN"
MOUNTAIN = ("mountain", "border", "island")
# each commune is in one of them, so that they add up to the whole
GROUPS = ("delta", "midland", "mountain", "minority", "unclassified")


@dataclass(frozen=True, slots=True)
class AreaNode:
    """One area.

    Args:
        code: ``VN``, ``VN:delta``, ``20``, ``20:delta``, ``05977``, ``05977-01``.
        inside: codes of the areas that it counts in, itself too, from the widest.
    """

    code: str
    level: Level
    inside: tuple[str, ...]


@dataclass(frozen=True)
class AreaTree:
    """All areas inside one, and which of them figures are asked for.

    Args:
        nodes: every area there is inside, the wider ones first; its place is its number.
        levels: the levels that figures are asked for.
        groups: commune → the one kind of area it is counted in.
    """

    nodes: tuple[AreaNode, ...]
    levels: frozenset[Level]
    groups: Mapping[str, str]

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Code → number."""
        return {node.code: place for place, node in enumerate(self.nodes)}

    @cached_property
    def asked(self) -> tuple[AreaNode, ...]:
        """The areas that figures are asked for."""
        return tuple(node for node in self.nodes if node.level in self.levels)

    def smallest(self, *codes: str | None) -> int | None:
        """Give the number of the first area that there is."""
        found = (self.number.get(code) for code in codes if code)
        return next((number for number in found if number is not None), None)

    def area_of(self) -> pa.Table:
        """Give number of an area → numbers of the asked areas that it counts in."""
        asked = {node.code for node in self.asked}
        pairs = [
            (place, self.number[code])
            for place, node in enumerate(self.nodes)
            for code in node.inside
            if code in asked
        ]
        return pa.table(
            {
                "unit_no": pa.array([unit for unit, _ in pairs], pa.int32()),
                "area_no": pa.array([area for _, area in pairs], pa.int32()),
            }
        )


def area_tree(
    areas: Areas,
    facts: Iterable[AreaFact],
    midland: Midland,
    *,
    levels: Collection[Level],
    within: str = COUNTRY,
    clubs: Iterable[tuple[str, str]] = (),
) -> AreaTree:
    """Make the tree of the areas inside one.

    Args:
        areas: provinces and communes.
        facts: what is known of communes.
        midland: which kind of area midland communes count in.
        levels: levels that figures are asked for.
        within: ``VN``, a province or a commune.
        clubs: code and commune of every club, where figures of clubs are asked for.
    """
    kinds = {fact.area_code: fact.kinds for fact in facts}
    inside = [
        code for code, area in areas.communes.items() if within in (COUNTRY, area.province, code)
    ]
    groups = {code: group_of(kinds.get(code, ()), midland) for code in inside}
    nodes = tuple(_nodes(areas, within, groups, clubs))
    return AreaTree(nodes, frozenset(levels), groups)


def group_of(kinds: Sequence[str], midland: Midland) -> str:
    """Give the one kind of area that a commune is counted in, so that each is in one target."""
    if any(kind in MOUNTAIN for kind in kinds):
        return "mountain"
    if "delta" in kinds:
        return "delta"
    if "midland" in kinds:
        return "midland" if midland == "neither" else midland
    if "minority" in kinds:
        return "minority"
    return "unclassified"


def _nodes(
    areas: Areas, within: str, groups: Mapping[str, str], clubs: Iterable[tuple[str, str]]
) -> Iterator[AreaNode]:
    whole = within == COUNTRY
    provinces = dict.fromkeys(areas.communes[code].province for code in groups)
    full = [code for code in areas.provinces if code in provinces and within not in groups]
    around = (COUNTRY,) if whole else ()
    if whole:
        yield AreaNode(COUNTRY, "country", around)
        yield from (
            AreaNode(f"{COUNTRY}:{each}", "kind", (f"{COUNTRY}:{each}",)) for each in GROUPS
        )
    for code in full:
        yield AreaNode(code, "province", (*around, code))
        yield from (AreaNode(f"{code}:{each}", "kind", (f"{code}:{each}",)) for each in GROUPS)
    chains: dict[str, tuple[str, ...]] = {}
    for code, group in groups.items():
        province = areas.communes[code].province
        wider = (COUNTRY, f"{COUNTRY}:{group}") if whole else ()
        if province in full:
            wider = (*wider, province, f"{province}:{group}")
        chains[code] = (*wider, code)
        yield AreaNode(code, "commune", chains[code])
    for code, commune in clubs:
        if commune in chains:
            yield AreaNode(code, "club", (*chains[commune], code))


def commune_list(
    tree: AreaTree, province_of: Mapping[str, str], facts: Iterable[AreaFact]
) -> pa.Table:
    """Give every commune inside with its kinds and villages, for the analysis tables."""
    known = {fact.area_code: fact for fact in facts}
    none = AreaFact("", (), None)
    codes = list(tree.groups)
    kinds = [set(known.get(code, none).kinds) for code in codes]
    flags = {
        kind: pa.array([kind in each for each in kinds], pa.bool_())
        for kind in KINDS
        if kind != "delta"
    }
    return pa.table(
        {
            "unit_no": pa.array([tree.number[code] for code in codes], pa.int32()),
            "commune_code": pa.array(codes, pa.string()),
            "province_code": pa.array([province_of[code] for code in codes], pa.string()),
            "classified": pa.array([bool(each) for each in kinds], pa.bool_()),
            "area_kind": pa.array([tree.groups[code] for code in codes], pa.string()),
            "delta": pa.array([tree.groups[code] == "delta" for code in codes], pa.bool_()),
            "mountain_border_island": pa.array(
                [tree.groups[code] == "mountain" for code in codes], pa.bool_()
            ),
            **flags,
            "villages": pa.array([known.get(code, none).villages for code in codes], pa.int64()),
        }
    )
