"""The public version of figures: no count that could point at single persons.

Counts of sensitive indicators (column ``class`` of the workbook) from 1 to 4 are hidden, with what
would give them away: sub-areas that add up to an area, categories to a whole, months to a year, two
indicators that count the same. Shares and averages made from a hidden count are hidden with it.
Counts of clubs and of members by sex are plain in the workbook and never hidden.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reports.indicators.figures import Figure, Figures, Level, Slice
from reports.indicators.lines import Line
from reports.indicators.rating import Rating
from reports.periods import Period
from reports.privacy_cells import Hidden
from reports.privacy_counts import BROKEN_DOWN, counted_in, level_of
from reports.privacy_periods import Withheld, withheld_in


def public_figures(figures: Figures, withheld: Withheld | None = None) -> Figures:
    """Give the figures as they may be published.

    Args:
        figures: what a report prints.
        withheld: what is hidden of them, chosen over all areas that anything is published of
            (``whole.withheld``); without it over ``figures`` themselves.

    Returns:
        Figures whose hidden ones have no value and say why (``hidden``).
    """
    if is_public(figures):
        return figures
    return PublicFigures(figures, withheld_in(figures) if withheld is None else withheld)


def is_public(figures: Figures) -> bool:
    """Tell whether figures are a public version already."""
    return isinstance(figures, PublicFigures)


class PublicFigures(Figures):
    """Figures of which some are hidden; used like any others."""

    def __init__(self, figures: Figures, withheld: Withheld) -> None:
        self._whole, self._withheld = figures, withheld
        self._counted = counted_in(figures.definitions)
        self.definitions, self.as_of = figures.definitions, figures.as_of
        self.periods, self.within = figures.periods, figures.within

    def areas(self, level: Level | None = None) -> tuple[str, ...]:
        """Give the codes of the areas, of one level or of all."""
        return self._whole.areas(level)

    def knows(self, area_code: str) -> bool:
        """Tell whether an area was asked for."""
        return self._whole.knows(area_code)

    def lines(self, code: str) -> Sequence[Line]:
        """Give what stands behind the figures of a code."""
        return self._whole.lines(code)

    def numbers(self, code: str, period: Period | str, part: str) -> dict[str, float]:
        """Give one part of a figure of every area, where it is known and shown."""
        found = self._whole.numbers(code, period, part)
        return {
            area: value
            for area, value in found.items()
            if (figure := self.one(code, area, period)) and getattr(figure, part) is not None
        }

    def around(self, area_code: str) -> tuple[str, ...]:
        """Give the areas that an area counts in."""
        return self._whole.around(area_code)

    def of(self, area_code: str, period: Period | str) -> list[Figure]:
        """Give every figure of an area and period, hidden ones without their value."""
        return [self._public(each) for each in self._whole.of(area_code, period)]

    def one(self, code: str, area_code: str, period: Period | str) -> Figure | None:
        """Give one figure; None where the period has no such figure."""
        figure = self._whole.one(code, area_code, period)
        return None if figure is None else self._public(figure)

    def below(
        self, code: str, area_code: str, period: Period | str, level: Level
    ) -> dict[str, Figure]:
        """Give a figure of every area of a level inside an area."""
        found = self._whole.below(code, area_code, period, level)
        return {each: self._public(figure) for each, figure in found.items()}

    def over_time(
        self, code: str, area_code: str, periods: Sequence[Period | str]
    ) -> list[Figure | None]:
        """Give a figure in several periods."""
        return [self.one(code, area_code, period) for period in periods]

    def slices(
        self, code: str, area_code: str, period: Period | str, breakdown: str
    ) -> list[Slice]:
        """Give the parts of a figure; sensitive ones only of provinces and larger areas."""
        figure = self._whole.one(code, area_code, period)
        slices = self._whole.slices(code, area_code, period, breakdown)
        if figure is None:
            return slices
        broken_down = level_of(area_code) in BROKEN_DOWN
        return [self._public_slice(each, figure, breakdown, broken_down) for each in slices]

    def collected(self, period: Period | str) -> bool:
        """Tell whether reports had begun by the cut-off of a period."""
        return self._whole.collected(period)

    def save(self, folder: Path) -> None:
        """Refuse: what is public is told anew from the whole."""
        raise NotImplementedError("save the figures that these were made from")

    def __getattr__(self, name: str) -> object:
        return getattr(self._whole, name)

    def _public(self, figure: Figure) -> Figure:
        why = self._why(figure, "")
        if why is None:
            return figure
        # the part that may be known stays, unless it is about few borrowers
        numerator, denominator = self._parts(figure, "")
        if self._guarded(figure, ""):
            numerator, denominator = Hidden.SECOND, Hidden.SECOND
        return replace(
            figure,
            numerator=figure.numerator if denominator and not numerator else None,
            denominator=figure.denominator if numerator and not denominator else None,
            value=None,
            before=None,
            meeting=None,
            rating=Rating.NOT_RATED,
            note=None,  # it may hold the counts
            hidden=why,
        )

    def _public_slice(
        self, part: Slice, figure: Figure, breakdown: str, broken_down: bool
    ) -> Slice:
        name = f"{breakdown}={part.category}"
        why = self._why(figure, name)
        if why is None and not broken_down and self._counted.is_sensitive(figure):
            why = Hidden.SECOND
        if why is None:
            return part
        return replace(part, numerator=None, denominator=None, value=None, hidden=why)

    def _why(self, figure: Figure, category: str) -> Hidden | None:
        """Tell why a figure is hidden; only its own small count reads “<5”."""
        numerator, denominator = self._parts(figure, category)
        if numerator is Hidden.SMALL:
            return Hidden.SMALL
        hidden = numerator or denominator or self._guarded(figure, category)
        return Hidden.SECOND if hidden else None

    def _guarded(self, figure: Figure, category: str) -> bool:
        """Tell whether it is about loans where the number of borrowers is hidden."""
        guards = (self._counted.guard(figure, each) for each in dict.fromkeys((category, "")))
        return any(each in self._withheld for each in guards if each)

    def _parts(self, figure: Figure, category: str) -> tuple[Hidden | None, Hidden | None]:
        numerator, denominator = self._counted.cells(figure, category)
        return self._withheld.get(numerator), self._withheld.get(denominator)
