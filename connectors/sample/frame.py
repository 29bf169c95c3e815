"""Who may be drawn: from the registers of the last reconcile."""

from dataclasses import dataclass
from typing import Any

from connectors.sample.design import FrameClub
from connectors.store.tables import TableSet
from programme.sql import open_guarded

UNCLASSIFIED = "unclassified"
# an island or border commune that is mountainous too is drawn with the rarer kind
_KINDS = ("island", "border", "mountain", "delta")

_CLUBS = """
SELECT c.club_code, c.commune_code, c.province_code, k.area_kinds
FROM club c LEFT JOIN commune k USING (commune_code)
WHERE c.status = 'active' AND c.commune_code IS NOT NULL
ORDER BY c.club_code
"""
_MEMBERS = """
SELECT club_code, member_code
FROM member
WHERE left_on IS NULL AND moved_to IS NULL
    AND coalesce(CAST(birth_year AS INTEGER) <= {born}, true)
ORDER BY club_code, sex, birth_year, member_code
"""
_UNLISTED = """
SELECT u.club_code, u.total
FROM member_unlisted u
QUALIFY row_number() OVER (PARTITION BY u.club_code ORDER BY u.on_date DESC) = 1
"""


@dataclass(frozen=True, slots=True)
class Frame:
    """Who may be drawn.

    Args:
        clubs: active clubs, also those where nobody may be asked.
        counted_only: members of these clubs who are counted and not listed by name.
    """

    clubs: tuple[FrameClub, ...]
    counted_only: int

    @property
    def members(self) -> int:
        """How many may be drawn."""
        return sum(len(each.members) for each in self.clubs)


def read_frame(tables: TableSet, youngest: int) -> Frame:
    """Read who may be drawn from the registers.

    Args:
        tables: with what names people.
        youngest: age in years, told by the year of birth.
    """
    names = ("club", "commune", "member", "member_unlisted")
    born = tables.as_of.year - youngest
    with open_guarded({name: tables.path(name) for name in names}) as connection:
        clubs = connection.sql(_CLUBS).fetchall()
        people = connection.sql(_MEMBERS.format(born=int(born))).fetchall()
        counted = dict(connection.sql(_UNLISTED).fetchall())
    members: dict[str, list[str]] = {}
    for club, member in people:
        members.setdefault(club, []).append(member)
    found = tuple(
        FrameClub(
            club, commune, province or commune[:2], _kind(kinds), tuple(members.get(club, ()))
        )
        for club, commune, province, kinds in clubs
    )
    return Frame(found, sum(counted.get(each.code) or 0 for each in found))


def _kind(kinds: Any) -> str:
    there = set(kinds or ())
    return next((kind for kind in _KINDS if kind in there), min(there, default=UNCLASSIFIED))
