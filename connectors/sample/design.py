"""The design of the sample: strata, how many clubs of each, chances, who is drawn. Pure."""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

LEAST_CLUBS = 2  # of a stratum, so that a margin can be told
MIXED = "mixed"
# Answers of one club resemble each other: a cautious guess until a survey tells better
LIKENESS = 0.1
_SURE = 1.96  # standard errors on either side, for 95 of 100 samples


@dataclass(frozen=True, slots=True)
class FrameClub:
    """A club that may be drawn.

    Args:
        code, commune, province: codes.
        kind: kind of area.
        members: codes of those who may be asked, alike ones side by side.
    """

    code: str
    commune: str
    province: str
    kind: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A member who was drawn.

    Args:
        club_chance: chance of the club to be in the sample.
        member_chance: chance of the member within the club.
        place: order within the club; the first are asked, those after them are reserves.
        reserve: asked only in the place of somebody else.
    """

    stratum: str
    club: str
    member: str
    club_chance: float
    member_chance: float
    place: int
    reserve: bool

    @property
    def weight(self) -> float:
        """For how many members this one stands."""
        return 1 / (self.club_chance * self.member_chance)


def strata(clubs: Iterable[FrameClub]) -> dict[str, list[FrameClub]]:
    """Sort clubs into strata, province by kind of area; small ones of a province are joined."""
    by_province: dict[str, dict[str, list[FrameClub]]] = defaultdict(lambda: defaultdict(list))
    for club in sorted(clubs, key=lambda each: (each.commune, each.code)):
        by_province[club.province][club.kind].append(club)
    return {
        f"{province}-{kind}": some
        for province, kinds in sorted(by_province.items())
        for kind, some in sorted(_joined(kinds).items())
    }


def _joined(kinds: Mapping[str, list[FrameClub]]) -> dict[str, list[FrameClub]]:
    small = {kind for kind, some in kinds.items() if len(some) < LEAST_CLUBS}
    if not small or len(kinds) == 1:
        return dict(kinds)
    rest = sorted(set(kinds) - small, key=lambda kind: (len(kinds[kind]), kind))
    if sum(len(kinds[kind]) for kind in small) < LEAST_CLUBS and rest:
        small.add(rest[0])  # the smallest of the others takes it in
    joined = [club for kind in small for club in kinds[kind]]
    joined.sort(key=lambda each: (each.commune, each.code))
    return {kind: kinds[kind] for kind in kinds if kind not in small} | {MIXED: joined}


def allocate(groups: Mapping[str, Sequence[FrameClub]], wanted: int) -> dict[str, int]:
    """Share out clubs over strata by their members; each gets two, or all it has.

    Args:
        wanted: clubs in all; more where the strata need it, fewer where there are not so many.
    """
    given = {name: min(LEAST_CLUBS, len(clubs)) for name, clubs in groups.items()}
    members = {name: sum(len(club.members) for club in clubs) for name, clubs in groups.items()}
    for _ in range(sum(given.values()), wanted):
        open_ = [name for name in sorted(groups) if given[name] < len(groups[name])]
        if not open_:
            break
        # whoever lags most behind its share, as seats are given to parties (Sainte-Laguë)
        given[max(open_, key=lambda name: members[name] / (given[name] + 0.5))] += 1
    return given


def draw(
    clubs: Iterable[FrameClub], wanted: int, take: int, reserves: int, seed: str
) -> list[Drawn]:
    """Draw clubs, then members; the same seed and frame give the same sample.

    Args:
        clubs: the frame, in any order; clubs without anybody to ask are left out.
        wanted: clubs.
        take: members of each club, all where it has fewer.
        reserves: members of each club who stand by.
    """
    groups = strata(each for each in clubs if each.members)
    shares = allocate(groups, wanted)
    drawn: list[Drawn] = []
    for stratum, some in groups.items():
        # a stratum's own numbers: the others do not change when one of them does
        random = Random(f"{seed}/{stratum}")  # noqa: S311 - to be repeated, not kept secret
        for club, chance in _clubs(some, shares[stratum], random):
            drawn += _members(stratum, club, chance, take, reserves, random)
    return drawn


def _clubs(
    clubs: Sequence[FrameClub], wanted: int, random: Random
) -> Iterator[tuple[FrameClub, float]]:
    certain: set[str] = set()
    rest = list(clubs)
    while rest:
        total, left = sum(len(each.members) for each in rest), wanted - len(certain)
        large = {each.code for each in rest if left * len(each.members) >= total}
        if not large:
            break
        certain |= large
        rest = [each for each in rest if each.code not in large]
    chances = dict.fromkeys(certain, 1.0)
    if (left := wanted - len(certain)) > 0 and rest:
        ends = list(accumulate(len(each.members) for each in rest))
        start = random.random()
        for number in range(left):
            at = bisect_right(ends, (start + number) * ends[-1] / left)
            club = rest[min(at, len(rest) - 1)]
            chances[club.code] = left * len(club.members) / ends[-1]
    yield from ((club, chances[club.code]) for club in clubs if club.code in chances)


def _members(
    stratum: str, club: FrameClub, chance: float, take: int, reserves: int, random: Random
) -> Iterator[Drawn]:
    there = len(club.members)
    asked = min(take, there)
    start = random.random()
    places = [min(int((start + number) * there / asked), there - 1) for number in range(asked)]
    others = sorted(set(range(there)) - set(places), key=lambda _: random.random())
    for number, at in enumerate([*places, *others[:reserves]], start=1):
        yield Drawn(
            stratum, club.code, club.members[at], chance, asked / there, number, number > asked
        )


def expected_margin(people: int, clubs: int, of_people: float, of_clubs: float) -> float:
    """Tell how far off a share of one half may be, in percentage points, in 95 of 100 samples.

    Before anything is known of the answers. Part of what makes people differ is their club: that
    part gets closer with more clubs, and is no matter where all of them are in; the rest gets
    closer with more people.

    Args:
        people, clubs: in the sample.
        of_people, of_clubs: in the frame.
    """
    of_club = LIKENESS * (1 - clubs / of_clubs) / clubs
    of_person = (1 - LIKENESS) * (1 - people / of_people) / people
    return 100 * _SURE * math.sqrt(0.25 * (of_club + of_person))
