"""Faults that only several clubs together show: one phone for many, one team at two places."""

from collections.abc import Sequence
from datetime import timedelta

from tests.world.planted.truth import Planted
from tests.world.planted.work import REPORT, VISIT, Work

MANY, FEW = 8, 2  # clubs that one phone reports for: too many, and harmless
PHONE = "collect:OnePhoneManyClubs"
HILL_TOWN, SEA_TOWN = "21.853700 106.761500 0 0", "16.054400 108.202200 0 0"
NEXT_VILLAGE = "21.871000 106.770000 0 0"


def one_phone(works: Sequence[Work]) -> None:
    """Let an official report for many clubs, and a neighbour for one club more."""
    many, few = works[:MANY], works[MANY : MANY + FEW]
    for work in many:
        for draft in work.reports:
            work.sent(draft, device=PHONE)
    code = min(work.code for work in many)
    many[0].planted.append(Planted("phone_many_clubs", REPORT, None, code))
    for work in few:
        for draft in work.reports:
            work.sent(draft, device="collect:OneNeighboursPhone")


def one_team(works: Sequence[Work]) -> None:
    """Let one phone be 600 km away an hour later, and another one in the next village."""
    _visit(works[0], works[1], "collect:TeamThatFlies", SEA_TOWN)
    second = works[1].drafts(VISIT)[-1]
    works[1].plant("place_impossible", second, "visit_point")
    _visit(works[2], works[3], "collect:TeamThatDrives", NEXT_VILLAGE)


def _visit(one: Work, other: Work, device: str, there: str) -> None:
    first, second = (work.drafts(VISIT)[-1] for work in (one, other))
    first = one.sent(first, device=device)
    one.answer(first, visit_point=HILL_TOWN)
    second = other.sent(second, device=device, end=first.sent.end + timedelta(hours=1))
    day = second.sent.end.date().isoformat()
    other.answer(second, visit_point=there, visit_date=day)
