"""A computed figure with everything a reader needs to trust it."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from programme.areas import Areas
from programme.problem import Text
from reports.indicators.definitions import Baseline, Definitions, Target
from reports.indicators.rating import Rating
from reports.periods import Period
from reports.privacy_cells import Hidden

Level = Literal["country", "kind", "province", "commune", "club"]
COUNTRY = "VN"


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
    hidden: Hidden | None = None

    @property
    def achieved(self) -> float | None:
        """Percent of the target's minimum; None for bands, trends, contributions, no data."""
        rated = (Rating.EXCEEDED, Rating.MET, Rating.NOT_MET)
        if self.rating not in rated or self.target is None or not self.target.minimum:
            return None
        assert self.value is not None
        return 100 * self.value / self.target.minimum


class Figures:
    """All figures of some areas and periods."""

    def __init__(
        self,
        definitions: Definitions,
        as_of: date,
        periods: tuple[Period, ...],
        within: str,
        codes: Sequence[tuple[Level, str]],
        find: Callable[[str, Period], list[Figure]],
    ) -> None:
        self.definitions, self.as_of, self.periods, self.within = (
            definitions,
            as_of,
            periods,
            within,
        )
        self._codes, self._find = codes, find
        self._found: dict[tuple[str, str], list[Figure]] = {}

    def areas(self, level: Level | None = None) -> tuple[str, ...]:
        """Give the codes of the areas, of one level or of all."""
        return tuple(code for each, code in self._codes if level in (None, each))

    def of(self, area_code: str, period: Period | str) -> list[Figure]:
        """Give every figure of an area and period, in the order of the workbook.

        Raises:
            KeyError: the area or the period was not asked for.
        """
        name = period if isinstance(period, str) else period.name
        if (area_code, name) not in self._found:
            asked = {each.name: each for each in self.periods}[name]
            if area_code not in self.areas():
                raise KeyError(area_code)
            self._found[area_code, name] = self._find(area_code, asked)
        return self._found[area_code, name]

    def one(self, code: str, area_code: str, period: Period | str) -> Figure | None:
        """Give one figure; None where the period has no such figure."""
        return next((each for each in self.of(area_code, period) if each.code == code), None)

    def below(
        self, code: str, area_code: str, period: Period | str, level: Level
    ) -> dict[str, Figure]:
        """Give a figure of every area of a level inside an area."""
        inside = [
            each for each in self.areas(level) if area_code == COUNTRY or each[:2] == area_code
        ]
        found = {each: self.one(code, each, period) for each in inside}
        return {each: figure for each, figure in found.items() if figure is not None}

    def slices(
        self, code: str, area_code: str, period: Period | str, breakdown: str
    ) -> list[Slice]:
        """Give the parts of a figure by a breakdown, in the order of its categories."""
        return []

    def over_time(
        self, code: str, area_code: str, periods: Sequence[Period]
    ) -> list[Figure | None]:
        """Give a figure in several periods."""
        return [self.one(code, area_code, period) for period in periods]


def area_codes(areas: Areas, levels: Collection[Level], within: str) -> Sequence[tuple[Level, str]]:
    """Give the areas asked for: the country, provinces, communes."""

    def codes() -> Iterator[tuple[Level, str]]:
        if "country" in levels and within == COUNTRY:
            yield "country", COUNTRY
        for province in areas.provinces:
            if "province" in levels and within in (COUNTRY, province):
                yield "province", province
            for commune in areas.communes_of(province):
                if "commune" in levels and within in (COUNTRY, province, commune.code):
                    yield "commune", commune.code

    return tuple(codes())
