"""Everything behind one figure: what it is made of, what it rests on, what is left out."""

from dataclasses import dataclass
from datetime import date

from programme.problem import Text
from reports.behind import Asked
from reports.closed import Closing
from reports.indicators.definitions import Indicator
from reports.indicators.figures import Figure
from reports.periods import Period
from reports.place import Place


@dataclass(frozen=True, slots=True)
class Part:
    """What one club, or one commune, gives to a figure."""

    code: str
    name: str
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submission that a figure rests on.

    Args:
        on: the day it tells of.
        numerator, denominator: what it gives by itself; None where that cannot be told.
        address: where to look at it on its server.
    """

    form: str
    source: str
    id: int
    root_uuid: str
    club: str
    on: date | None
    numerator: float | None
    denominator: float | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Touching:
    """A finding about one of these submissions or clubs."""

    finding_id: str
    check: str
    severity: str
    title: Text
    club: str
    month: str
    form: str
    id: int | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not in a figure, and how much of it."""

    what: Text
    count: int


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything behind one figure.

    Args:
        indicator: its row in the workbook; None for a published figure of a closed phase.
        asked: the query that was run; None where there is none.
        parts: by club, or by commune for what is counted by commune.
        adds_up: whether the parts' sums are the figure's numerator and denominator.
        closing: the closing it stands in, None where the period is open.
    """

    figure: Figure
    indicator: Indicator | None
    place: Place
    period: Period
    as_of: date
    asked: Asked | None
    parts: tuple[Part, ...]
    adds_up: bool
    submissions: tuple[Submitted, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[Touching, ...]
    closing: Closing | None
