"""Clubs that are registered twice, and others that look like them."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from ishc.demo.happened import ClubHistory
from ishc.demo.model import Club, Place
from ishc.demo.stamps import draw_device, draw_uuid
from tests.world.doubles.honest import VILLAGES, far, near, other_names, point
from tests.world.doubles.spelling import OF_CLUBS, PREFIX, respelled
from tests.world.doubles.truth import Making, Pair


def double_club(making: Making, history: ClubHistory, number: int) -> None:
    """Register every second club once more: from the office, from memory, by another board."""
    if number % 2:
        return
    rng, club = making.rng, history.club
    name, why = respelled(rng, club.name, OF_CLUBS, number // 2)
    twin = _registered_again(rng, club, name)
    if number % 10 == 4:
        twin = replace(twin, place=_neighbour(making, club), point=near(rng, point(club), 6))
        why += " + neighbouring commune"
    if number % 6 == 2:
        day = club.founded_on + timedelta(days=rng.randint(1, 12))
        twin = replace(twin, founded_on=day, decision_number="")
        why += " + from memory"
    making.clubs.append(Pair(club.sent.root, twin.sent.root, same=True, why=why))
    making.histories.append(ClubHistory(twin, (), (), ()))


def _registered_again(rng: Random, club: Club, name: str) -> Club:
    """Give a club as another person would register it: most of the same people, other phone."""
    end = club.sent.end + timedelta(days=rng.randint(2, 20), hours=1)
    board = tuple(
        replace(one, name=rng.choice((str, str.upper))(one.name)) for one in club.board[:4]
    )
    return replace(
        club,
        sent=replace(club.sent, root=draw_uuid(rng), end=end, device=draw_device(rng)),
        name=name,
        board=board,
        roster=club.roster[: rng.randint(len(club.roster) // 2, len(club.roster))],
        point=near(rng, point(club), 0.4) if rng.random() < 0.7 else None,
    )


def _neighbour(making: Making, club: Club) -> Place:
    """Give another commune whose clubs are within 15 km."""
    here = point(club)
    others = [
        (far(here, point(one.club)), one.club.place)
        for one in making.histories
        if one.club.point and one.club.place.commune != club.place.commune
    ]
    return min(others, key=lambda each: (each[0], each[1].commune))[1]


def like_club(making: Making, history: ClubHistory, number: int) -> None:
    """Register another club that looks like this one and is not."""
    if number % 4 != 1:
        return
    rng, club = making.rng, history.club
    way = number // 4 % 4
    other = _another(rng, club)
    if way == 0:  # villages of one commune that are numbered
        why = "numbered villages"
        making.histories[number] = history = _renamed(history, f"{club.name} 1")
        other = replace(other, name=f"{club.name} 2")
    elif way == 1:  # a common name far away
        why = "same name, far commune"
        away = max(
            (one for one in making.histories if one.club.point),
            key=lambda one: far(point(club), point(one.club)),
        )
        other = replace(other, place=away.club.place, point=near(rng, point(away.club), 2))
    elif way == 2:  # one decision founded two clubs on one day
        why = "one decision, one day, two villages"
        village = f"thôn {VILLAGES[(number + 7) % 40]}"
        other = replace(
            other,
            name=f"{PREFIX} {village}",
            founded_on=club.founded_on,
            decision_number=club.decision_number,
            decision_date=club.decision_date,
        )
    else:  # villages whose names differ in one word
        why = "upper and lower village"
        making.histories[number] = history = _renamed(history, f"{club.name} Thượng")
        other = replace(other, name=f"{club.name} Hạ")
    making.clubs.append(Pair(club.sent.root, other.sent.root, same=False, why=why))
    making.histories.append(ClubHistory(other, (), (), ()))


def _renamed(history: ClubHistory, name: str) -> ClubHistory:
    return replace(history, club=replace(history.club, name=name))


def _another(rng: Random, club: Club) -> Club:
    """Give a club of its own with the same name: other people, other decision, other day."""
    end = club.sent.end + timedelta(days=rng.randint(2, 20), hours=2)
    day = club.founded_on - timedelta(days=rng.randint(90, 500))
    roster = tuple(
        replace(one, birth_year=one.birth_year + rng.randint(-3, 3))
        for one in other_names(rng, club.roster)
    )
    grown_up = [one for one in roster if one.birth_year < 1995]
    board = tuple(
        replace(role, name=one.name, sex=one.sex, birth_year=one.birth_year, since=day)
        for role, one in zip(club.board, grown_up, strict=False)
    )
    return replace(
        club,
        sent=replace(club.sent, root=draw_uuid(rng), end=end, device=draw_device(rng)),
        founded_on=day,
        decision_number=f"{rng.randint(11, 480)}/QĐ-UBND",
        decision_date=day - timedelta(days=6),
        board=board,
        roster=tuple(replace(one, joined_on=max(one.joined_on, day)) for one in roster),
        point=near(rng, point(club), 4),
    )
