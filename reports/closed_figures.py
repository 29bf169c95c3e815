"""Figures in which closed periods stand as they were closed."""

from collections.abc import Mapping, Sequence

from programme.areas import Areas
from programme.folder import Folder
from reports.closed import Closing, around, closings_of
from reports.indicators.figures import COUNTRY, Figure, Figures, Level, Slice
from reports.indicators.lines import Line
from reports.periods import Period


def with_closed(figures: Figures, folder: Folder, areas: Areas) -> Figures:
    """Put the figures of closed periods in the place of those of today.

    Args:
        figures: computed from the tables of today.
        folder: the programme, where closings lie.
        areas: tell what an area lies in.

    Returns:
        The same figures where no period is closed.
    """
    if not (folder.data / "closed").is_dir():
        return figures
    closed = {
        (period.name, area): found[-1]
        for period in figures.periods
        for area in sorted({each for code in figures.areas() for each in around(code, areas)})
        if (found := closings_of(folder, period.name, area))
    }
    return ClosedFigures(figures, closed, areas) if closed else figures


class ClosedFigures(Figures):
    """Figures of which some periods are closed; ``live`` are those of today."""

    def __init__(
        self, live: Figures, closed: Mapping[tuple[str, str], Closing], areas: Areas
    ) -> None:
        self.live, self._closed, self._areas = live, closed, areas
        self.definitions, self.as_of = live.definitions, live.as_of
        self.periods, self.within = live.periods, live.within

    def closing(self, area_code: str, period: Period | str) -> Closing | None:
        """Give the closing whose figures stand for an area and period."""
        name = period if isinstance(period, str) else period.name
        for area in around(area_code, self._areas):
            if found := self._closed.get((name, area)):
                return found
        return None

    def areas(self, level: Level | None = None) -> tuple[str, ...]:
        """Give the codes of the areas, of one level or of all."""
        return self.live.areas(level)

    def knows(self, area_code: str) -> bool:
        """Tell whether an area was asked for."""
        return self.live.knows(area_code)

    def lines(self, code: str) -> Sequence[Line]:
        """Give what stands behind the figures of a code."""
        return self.live.lines(code)

    def numbers(self, code: str, period: Period | str, part: str) -> dict[str, float]:
        """Give one part of a figure of every area, where it is known."""
        name = period if isinstance(period, str) else period.name
        found = self.live.numbers(code, period, part)
        of_period = {area: each for (named, area), each in self._closed.items() if named == name}
        for area, closing in sorted(of_period.items(), key=lambda pair: pair[0] != COUNTRY):
            then = closing.figures().numbers(code, period, part)
            inside = [each for each in self.live.areas() if self._lies_in(each, area)]
            found = {
                **{each: value for each, value in found.items() if each not in set(inside)},
                **{each: then[each] for each in inside if each in then},
            }
        return found

    def _lies_in(self, code: str, area: str) -> bool:
        return area in around(code, self._areas)

    def around(self, area_code: str) -> tuple[str, ...]:
        """Give the areas that an area counts in."""
        return self.live.around(area_code)

    def collected(self, period: Period | str) -> bool:
        """Tell whether reports had begun by the cut-off of a period."""
        return self.live.collected(period)

    def of(self, area_code: str, period: Period | str) -> list[Figure]:
        """Give every figure of an area and period."""
        return self._of(area_code, period).of(area_code, period)

    def one(self, code: str, area_code: str, period: Period | str) -> Figure | None:
        """Give one figure; None where the period has no such figure."""
        return self._of(area_code, period).one(code, area_code, period)

    def below(
        self, code: str, area_code: str, period: Period | str, level: Level
    ) -> dict[str, Figure]:
        """Give a figure of every area of a level inside an area."""
        return self._of(area_code, period).below(code, area_code, period, level)

    def slices(
        self, code: str, area_code: str, period: Period | str, breakdown: str
    ) -> list[Slice]:
        """Give the parts of a figure by a breakdown."""
        return self._of(area_code, period).slices(code, area_code, period, breakdown)

    def over_time(
        self, code: str, area_code: str, periods: Sequence[Period | str]
    ) -> list[Figure | None]:
        """Give a figure in several periods."""
        return [self.one(code, area_code, period) for period in periods]

    def __getattr__(self, name: str) -> object:
        return getattr(self.live, name)

    def _of(self, area_code: str, period: Period | str) -> Figures:
        closing = self.closing(area_code, period)
        if closing is None:
            return self.live
        then = closing.figures()
        # an area that is new since, such as a club registered late, is not in the closing
        return then if then.knows(area_code) else self.live


def closed_as(figures: Figures) -> ClosedFigures | None:
    """Give the closed figures behind others, such as public ones; None where nothing is closed."""
    found = getattr(figures, "_whole", figures)
    return found if isinstance(found, ClosedFigures) else None
