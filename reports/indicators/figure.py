"""A computed figure with everything a reader needs to trust it."""

from dataclasses import dataclass

from programme.problem import Text
from reports.indicators.definitions import Baseline, Target
from reports.indicators.rating import Rating
from reports.privacy_cells import Hidden

_ALL = 100  # percent


@dataclass(frozen=True, slots=True)
class Meeting:
    """How many clubs meet a target that is set for each club, of those with data."""

    clubs: int
    of: int


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a figure: those of one category of a breakdown."""

    category: str
    label: Text
    numerator: float | None
    denominator: float | None
    value: float | None
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one area and period; shares in percent, amounts in VND.

    Args:
        code: code of the target, with the line's name for a second line, else the indicator's.
        numerator, denominator: what the value is made of; no denominator for counts and sums.
        value: None when it cannot be computed, never 0 instead.
        target: what was to be reached, None for a figure that only informs.
        rated: judged against its target; a second line is for comparison only.
        population: whom it counts, as in the target.
        note: what a reader has to know: what is missing, what was carried.
        baseline: published figure it is compared with.
        before: value at the start of the period, for trends.
        coverage: percent of the units that the figure rests on.
        indicator: its row in the sheet ``indicators``; empty for a target of a closed phase.
        clubs_expected: clubs that had a monthly report due in the period.
        clubs_reported: those of them that sent one at least.
        meeting: for an area and a target that is set for each club.
        margin: of an estimate, percentage points up and down.
        interviews: that an estimate rests on.
        hidden: why a public version does not show it; numerator and value are None then.
    """

    code: str
    group: str
    label: Text
    unit: str
    numerator: float | None
    denominator: float | None
    value: float | None
    target: Target | None
    rating: Rating
    rated: bool
    population: str
    source: Text
    note: Text | None
    baseline: Baseline | None = None
    before: float | None = None
    coverage: float | None = None
    indicator: str = ""
    area_code: str = ""
    period: str = ""
    clubs_expected: int | None = None
    clubs_reported: int | None = None
    meeting: Meeting | None = None
    margin: float | None = None
    interviews: int | None = None
    hidden: Hidden | None = None

    @property
    def of_nothing(self) -> bool:
        """Whether it is a share of nothing."""
        return share_of_nothing(self.value, self.denominator, self.coverage)

    @property
    def achieved(self) -> float | None:
        """Percent of the target's minimum; None for bands, trends, contributions, no data."""
        rated = (Rating.EXCEEDED, Rating.MET, Rating.NOT_MET)
        if self.rating not in rated or self.target is None or not self.target.minimum:
            return None
        assert self.value is not None
        return 100 * self.value / self.target.minimum


def share_of_nothing(
    value: float | None, denominator: float | None, coverage: float | None
) -> bool:
    """Tell whether there is no value because there is none to count, with nothing missing.

    Args:
        value, denominator: of a figure.
        coverage: percent of the units it rests on, None where it does not apply.
    """
    return value is None and denominator == 0 and (coverage is None or coverage >= _ALL)
