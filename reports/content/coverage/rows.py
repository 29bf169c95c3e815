"""Communes and villages of an area with the clubs that serve them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from programme.lists import read_list
from programme.text import sort_key
from reports.content.data import ReportData
from reports.content.register_rows import RegisterRows
from reports.indicators.definitions import AreaFact

TABLES = ("club_change", "club_registration")
VILLAGES = "villages.csv"
UNCLASSIFIED = "unclassified"
# a commune belongs to one target only: mountain, border and island come before delta
_FIRST = ("mountain", "border", "island")
_CLUBS = """
SELECT commune_code, count(*) FILTER (WHERE active) AS active,
    count(*) FILTER (WHERE NOT active) AS ended
FROM here GROUP BY commune_code
"""
# the last time that a club in operation said which villages it serves
_SERVED = """
SELECT DISTINCT unnest(villages) AS village FROM (
    SELECT arg_max(r.village_codes, (c.event_date, c.place)) AS villages
    FROM club_change c JOIN club_registration r USING (_source, _id)
    JOIN here USING (club_code) CROSS JOIN asked
    WHERE active AND c.event_date <= cut_off AND r.village_codes IS NOT NULL
    GROUP BY c.club_code
)
"""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune with its clubs.

    Args:
        kind: the one that its target goes by: ``mountain``, ``border``, ``island``, ``delta``,
            ``midland`` or ``unclassified``.
        kinds: all that official tables say.
        clubs: in operation; ``ended``: those that rest, closed or merged.
        villages: how many there are; None where it is not known.
    """

    code: str
    name: str
    province: str
    kind: str
    kinds: tuple[str, ...]
    clubs: int
    ended: int
    villages: int | None


@dataclass(frozen=True, slots=True)
class Village:
    """A village or residential group of the list."""

    code: str
    name: str
    commune: str
    served: bool


@dataclass(frozen=True, slots=True)
class CoverageRows:
    """The communes of an area, and the villages of the list there is."""

    communes: Sequence[Commune]
    villages: Sequence[Village]

    @property
    def without(self) -> list[Commune]:
        """Communes without a club in operation."""
        return [commune for commune in self.communes if not commune.clubs]


def read_coverage(data: ReportData, rows: RegisterRows) -> CoverageRows:
    """Read the communes of the area and what is known of villages."""
    facts = {fact.area_code: fact for fact in data.definitions.area_facts}
    clubs = {row["commune_code"]: row for row in rows.rows(_CLUBS)}
    communes = [
        _commune(each.code, each.in_(data.language), each.province, facts.get(each.code), clubs)
        for each in data.areas.communes.values()
        if data.place.code in ("VN", each.province, each.code)
    ]
    communes.sort(key=lambda each: (data.areas.provinces[each.province].code, sort_key(each.name)))
    served = {row["village"] for row in rows.rows(_SERVED)}
    inside = {each.code for each in communes}
    return CoverageRows(communes, _villages(data, inside, served))


def _commune(
    code: str,
    name: str,
    province: str,
    fact: AreaFact | None,
    clubs: Mapping[str, Mapping[str, int]],
) -> Commune:
    kinds = fact.kinds if fact else ()
    here = clubs.get(code, {"active": 0, "ended": 0})
    villages = fact.villages if fact else None
    return Commune(
        code, name, province, kind_of(kinds), tuple(kinds), here["active"], here["ended"], villages
    )


def kind_of(kinds: Iterable[str]) -> str:
    """Give the one kind that a commune's target goes by."""
    there = set(kinds)
    for kind in (*_FIRST, "delta", "midland"):
        if kind in there:
            return kind
    return UNCLASSIFIED


def _villages(data: ReportData, inside: set[str], served: set[str]) -> list[Village]:
    path = data.sources.folder.media(VILLAGES)
    if path is None:
        return []
    found = [
        Village(row["name"], row["label"], row["commune"], row["name"] in served)
        for row in read_list(path, ("name", "label", "commune"))
        if row["commune"] in inside
    ]
    return sorted(found, key=lambda each: (each.commune, sort_key(each.name)))
