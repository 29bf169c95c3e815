"""Clubs whose names carry no number, so that a name alone can be two clubs', or two people's."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from math import cos, hypot, radians
from random import Random

from ishc.demo.happened import ClubHistory
from ishc.demo.history import club_history
from ishc.demo.model import Club, Person, Place, Sex
from ishc.demo.names import GIVEN, MIDDLE, SURNAMES
from ishc.demo.plan import NOTHING, Plan
from programme.areas import load_areas
from programme.folder import shipped
from programme.text import fold
from tests.world.doubles.spelling import PREFIX

PROVINCE = "20"
# every pair of them differs in more than marks, tone places and one letter
VILLAGES = tuple(
    "Nà Lùng|Khuổi Cạn|Pò Mạ|Bản Chuông|Pác Ngòa|Lũng Thủy|Cốc Hòa|Khau Đon|Phai Kít|Kéo Thoong"
    "|Đồng Én|Tân Hòa|Nà Sliềng|Khuổi Đẩy|Pò Tấu|Bản Vàng|Pác Bó|Lũng Vài|Cốc Lải|Khau Slung"
    "|Phai Duốc|Kéo Phấy|Đoàn Kết|Tân Lập|Nà Hoài|Khuổi Giang|Pò Lẹng|Bản Quang|Pác Cáp|Lũng Phúc"
    "|Cốc Toản|Khau Bân|Phai Luông|Kéo Ái|Đình Cả|Tân Thủy|Nà Mu|Khuổi Xả|Pò Háng|Bản Thín".split(
        "|"
    )
)
KILOMETRES_A_DEGREE = 111.2
MONTHS = 4
FIRST = date(2026, 7, 1)


def honest_plan(clubs: int, seed: int) -> Plan:
    areas = load_areas(shipped() / "xlsforms")
    communes = [each.code for each in areas.communes_of(PROVINCE)]
    return Plan(
        seed=seed,
        places=tuple(Place(PROVINCE, communes[each % len(communes)]) for each in range(clubs)),
        first_month=FIRST,
        months=MONTHS,
        members=26 * clubs,
        borrowers=2 * clubs,
        inspections=0,
        mobilised=0,
        founded=(date(2018, 1, 1), date(2025, 12, 31)),
        lending_every=1,
    )


def honest_clubs(plan: Plan) -> Iterator[ClubHistory]:
    """Draw clubs with names that carry no number, so that a name alone can be two people's."""
    for number, place in enumerate(plan.places):
        rng = Random(f"{plan.seed}/{number}/names")
        history = club_history(plan, number, place, NOTHING)
        club = history.club
        roster = tuple(other_names(rng, club.roster))
        named = {old.name: new.name for old, new in zip(club.roster, roster, strict=True)}
        board = tuple(replace(one, name=named[one.name]) for one in club.board)
        village = f"{rng.choice(('thôn', 'thôn', 'bản', 'tổ dân phố'))} {VILLAGES[number % 40]}"
        spot = _commune_point(place.commune)
        yield replace(
            history,
            club=replace(
                club,
                name=f"{PREFIX} {village}",
                villages=(village,),
                roster=roster,
                board=board,
                point=near(rng, spot, 3),
            ),
            inspections=(),
        )


def other_names(rng: Random, roster: Iterable[Person]) -> Iterator[Person]:
    """Give everybody in a club another name, no two alike when marks are left out."""
    taken: set[str] = set()
    for one in roster:
        name = _person(rng, one.sex)
        while fold(name) in taken:
            name = _person(rng, one.sex)
        taken.add(fold(name))
        yield replace(one, name=name)


def _person(rng: Random, sex: Sex) -> str:
    middle, given = rng.choice(MIDDLE[sex]), rng.choice(GIVEN[sex])
    return f"{rng.choice(SURNAMES)} {middle} {given}"


def _commune_point(commune: str) -> tuple[float, float]:
    """Give a made-up middle of a commune: those of like codes lie near each other."""
    rng = Random(commune)
    number = int(commune) - 5900
    return 21.6 + number / 900 + rng.random() / 20, 106.4 + (number % 97) / 120


def near(rng: Random, spot: tuple[float, float], kilometres: float) -> tuple[float, float]:
    degrees = kilometres / KILOMETRES_A_DEGREE
    north, east = rng.uniform(-degrees, degrees), rng.uniform(-degrees, degrees)
    return spot[0] + north * 0.7, spot[1] + east * 0.7 / cos(radians(spot[0]))


def point(club: Club) -> tuple[float, float]:
    assert club.point is not None
    return club.point


def far(left: tuple[float, float], right: tuple[float, float]) -> float:
    east = (left[1] - right[1]) * cos(radians(left[0]))
    return hypot(left[0] - right[0], east) * KILOMETRES_A_DEGREE
