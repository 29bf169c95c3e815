"""A phase of the programme, which periods and indicators both know."""

from dataclasses import dataclass
from datetime import date

from programme.problem import Text


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the programme.

    Args:
        published: it ended before anything was collected, its figures are published ones.
        new_clubs: it has a target for new clubs, so that clubs count as founded in it.
    """

    code: str
    decision: str
    start: date
    end: date
    label: Text
    published: bool
    new_clubs: bool
