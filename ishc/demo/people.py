"""Members and boards: who they are, who joins and who leaves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from ishc.demo.happened import Changed, Left
from ishc.demo.model import VULNERABLE, BoardMember, Household, Person, Sex, Unlisted
from ishc.demo.names import person_name, phone

ROLES = ("chair", "vice_chair", "secretary", "accountant", "treasurer")
GUARDIAN_AGE = 16  # below it a guardian consents
UNLISTED_SHARE = 0.03
NEED_SHARE = 0.32  # of members of poor, near-poor or disadvantaged households
NAMES_A_CLUB = 200  # numbers in names stay different between clubs


@dataclass(frozen=True, slots=True)
class Shares:
    """A club's composition; the programme's norms are 60 to 70% each."""

    women: float
    older: float
    vulnerable: float


def draw_shares(rng: Random) -> Shares:
    """Draw a composition around the norms, sometimes outside them."""
    return Shares(rng.uniform(0.58, 0.73), rng.uniform(0.59, 0.71), rng.uniform(0.57, 0.72))


def draw_person(
    rng: Random, shares: Shares, number: int, joined_on: date, *, consents: bool = True
) -> Person:
    """Make up one member."""
    sex: Sex = "female" if rng.random() < shares.women else "male"
    age = rng.randint(61, 86) if rng.random() < shares.older else rng.choice(_YOUNGER)
    household: Household = "none"
    if rng.random() < shares.vulnerable:
        household = rng.choice(("poor", "near_poor", "near_poor", "disadvantaged"))
    consent = rng.choice(("paper", "paper", "paper", "spoken")) if consents else ""
    if consents and age < GUARDIAN_AGE + 1:
        consent = "guardian_paper"
    return Person(
        name=person_name(rng, sex, number),
        sex=sex,
        birth_year=joined_on.year - age if joined_on.year > _NOW else _NOW - age,
        household=household,
        needs=household in VULNERABLE and rng.random() < NEED_SHARE,
        volunteer=rng.random() < 0.12,
        joined_on=joined_on,
        consent=consent,
        consent_number=f"DT-{number:04d}" if consent else "",
    )


_NOW = 2025  # ages of first rosters are drawn for the year of registration
_YOUNGER = (*range(14, 60, 2), *range(35, 60), *range(45, 60))


def draw_roster(
    rng: Random, shares: Shares, club: int, size: int, founded_on: date, until: date
) -> tuple[Person, ...]:
    """Make up all members on the day of registration, founders first."""
    days = max((until - founded_on).days, 1)
    joined = sorted(int(days * max(0.0, rng.random() * 1.6 - 0.6)) for _ in range(size))
    return tuple(
        draw_person(
            rng,
            shares,
            club * NAMES_A_CLUB + place + 1,
            founded_on + timedelta(days=day),
            consents=rng.random() >= UNLISTED_SHARE,
        )
        for place, day in enumerate(joined)
    )


def split_by_consent(people: Sequence[Person], year: int) -> tuple[tuple[Person, ...], Unlisted]:
    """Name those who consented; count the others."""
    hidden = [person for person in people if not person.consent]
    return tuple(person for person in people if person.consent), count(hidden, year)


def with_need(roster: Sequence[Person], least: int) -> tuple[Person, ...]:
    """Let at least so many listed members be in need, so that a club's borrowers all are."""
    missing = least - sum(person.needs for person in roster)
    people = list(roster)
    for place, person in enumerate(people):
        if missing > 0 and not person.needs:
            people[place] = replace(person, needs=True)
            missing -= 1
    return tuple(people)


def count(people: Sequence[Person], year: int) -> Unlisted:
    """Count people: all, women, older persons, older women."""
    return Unlisted(
        total=len(people),
        women=sum(person.sex == "female" for person in people),
        sixty_plus=sum(person.is_older(year) for person in people),
        women_sixty_plus=sum(person.sex == "female" and person.is_older(year) for person in people),
    )


def draw_board(
    rng: Random, roster: Sequence[Person], club: int, founded_on: date
) -> tuple[BoardMember, ...]:
    """Elect a board of five from the grown-up members."""
    adults = [person for person in roster if person.birth_year < _NOW - 30]
    elected = rng.sample(adults, min(len(ROLES), len(adults)))
    return tuple(
        BoardMember(
            name=person.name,
            sex=person.sex,
            birth_year=person.birth_year,
            role=role,
            phone=phone(club * 10 + place) if place < 2 else "",
            since=max(founded_on, person.joined_on),
        )
        for place, (role, person) in enumerate(zip(ROLES, elected, strict=False))
    )


def draw_leaving(
    rng: Random, rows: Sequence[int], months: Sequence[int], days: dict[int, date], count_: int
) -> dict[int, tuple[Left, ...]]:
    """Let some members of the first roster leave, in months that are reported."""
    left: dict[int, list[Left]] = {}
    for row in rng.sample(list(rows), count_):
        month = rng.choice(list(months))
        how = rng.choice(("left", "moved", "died"))
        left.setdefault(month, []).append(Left(row, how, days[month]))
    return {month: tuple(sorted(each, key=lambda one: one.row)) for month, each in left.items()}


def draw_joining(
    rng: Random, shares: Shares, first: int, months: Sequence[int], days: dict[int, date], n: int
) -> dict[int, tuple[Person, ...]]:
    """Let new members join, in months that are reported; names are numbered from ``first``."""
    joined: dict[int, list[Person]] = {}
    for step in range(n):
        month = rng.choice(list(months))
        person = draw_person(rng, shares, first + step, days[month])
        joined.setdefault(month, []).append(person)
    return {month: tuple(each) for month, each in joined.items()}


def draw_changes(
    rng: Random, roster: Sequence[Person], rows: Sequence[int], months: Sequence[int]
) -> dict[int, tuple[Changed, ...]]:
    """Let a household or two get a better class; a need for support stays as it was."""
    poor = [row for row in rows if roster[row - 1].household == "poor"]
    changed: dict[int, list[Changed]] = {}
    for row in rng.sample(poor, min(len(poor), rng.choice((0, 0, 1, 2)))):
        month = rng.choice(list(months))
        change = Changed(row, "near_poor", roster[row - 1].needs)
        changed.setdefault(month, []).append(change)
    return {month: tuple(each) for month, each in changed.items()}
