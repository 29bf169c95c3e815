"""Who is who in a made-up world: pairs that are the same, and pairs that only look so.

Clubs are known by the root uuid of their registration, people by that and the row (``root/row``).
"""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from ishc.demo.happened import ClubHistory
from tests.world.records import Record


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that are, or are not, the same club or person.

    Args:
        left, right: keys; the left one was written down first.
        same: the truth.
        why: what was done to the second, or why they only look alike.
    """

    left: str
    right: str
    same: bool
    why: str


@dataclass(frozen=True, slots=True)
class Meant:
    """A form that names somebody in words.

    Args:
        form, root: the submission.
        words: what it says.
        key: of the club or member that is meant; None when nobody registered that one.
        why: how it is written.
    """

    form: str
    root: str
    words: str
    key: str | None
    why: str


@dataclass(frozen=True)
class DoublesWorld:
    """What was sent, and who is who.

    Args:
        records: as the server gives them.
        clubs: pairs of clubs; every pair that is not here is different.
        members: pairs of members of one club, or of two that are different clubs; every pair that
            is not here is different, but for members of clubs that are the same.
        clubs_meant: monthly reports that name a club in words.
        borrowers_meant: loan records that name a borrower in words.
        communes: where clubs are, by root uuid of the registration.
        as_of: the last day.
    """

    records: tuple[Record, ...]
    clubs: tuple[Pair, ...]
    members: tuple[Pair, ...]
    clubs_meant: tuple[Meant, ...]
    borrowers_meant: tuple[Meant, ...]
    communes: dict[str, str]
    as_of: date


@dataclass
class Making:
    """A world that is being made."""

    rng: Random
    histories: list[ClubHistory]
    clubs: list[Pair] = field(default_factory=list)
    members: list[Pair] = field(default_factory=list)
    clubs_meant: list[Meant] = field(default_factory=list)
    borrowers_meant: list[Meant] = field(default_factory=list)
