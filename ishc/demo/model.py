"""Who is in a made-up world: places, people, clubs; plain frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Sex = Literal["female", "male"]
Household = Literal["poor", "near_poor", "disadvantaged", "none"]
AREAS = (
    "income",
    "health",
    "home_care",
    "self_help",
    "rights",
    "awareness",
    "culture",
    "resources",
)
STRANDS = ("digital", "green", "startup", "jobs")
VULNERABLE = frozenset({"poor", "near_poor", "disadvantaged"})
OLDER = 60  # years; age = year of report − year born


@dataclass(frozen=True, slots=True)
class Place:
    """Where a club is: today's commune by code, and the commune it came from."""

    province: str
    commune: str
    old_commune: str = ""
    old_district: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """How one submission was made: its root uuid, when it was finished, on which phone."""

    root: str
    end: datetime
    minutes: int
    device: str


@dataclass(frozen=True, slots=True)
class Person:
    """A member; listed by name only with a consent."""

    name: str
    sex: Sex
    birth_year: int
    household: Household
    needs: bool
    volunteer: bool
    joined_on: date
    consent: str
    consent_number: str

    def is_older(self, year: int) -> bool:
        """Tell whether the person is an older person (60 and over) in a year."""
        return year - self.birth_year >= OLDER


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Members who are counted and never named."""

    total: int = 0
    women: int = 0
    sixty_plus: int = 0
    women_sixty_plus: int = 0


@dataclass(frozen=True, slots=True)
class BoardMember:
    """One of the club's board."""

    name: str
    sex: Sex
    birth_year: int
    role: str
    phone: str
    since: date


@dataclass(frozen=True, slots=True)
class Club:
    """A club as it is registered, with its roster on that day.

    Args:
        number: position among all clubs, from 0.
        quality: how well it is run, 0 to 1; drives attendance, activities and inspections.
        roster: members listed by name, in the order of the form's repeat.
        start_income: first income fund by source, thousand đồng.
        start_operating: first operating fund by source, thousand đồng.
    """

    number: int
    sent: Sent
    place: Place
    name: str
    villages: tuple[str, ...]
    founded_on: date
    decision_number: str
    decision_date: date
    meeting_day: int
    meeting_place: str
    point: tuple[float, float] | None
    quality: float
    board: tuple[BoardMember, ...]
    roster: tuple[Person, ...]
    unlisted: Unlisted
    start_income: Mapping[str, int]
    start_operating: Mapping[str, int]
