"""The sensitive counts of figures as cells, and which cells add up to which."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.indicators.definitions import Definitions, Indicator, Target
from reports.indicators.figures import COUNTRY, Figure, Figures, Level
from reports.indicators.lines import NEW, Line
from reports.periods import Period
from reports.privacy_cells import Sum

# what is counted, area, period, category of a breakdown ("" for all of them)
Cell = tuple[str, str, str, str]
BROKEN_DOWN: frozenset[Level] = frozenset({"country", "kind", "province"})
# a sum over one borrower is that person's debt: loans are shown where enough people borrow
_GUARD = "borrowers"
_ABOUT_LOANS = re.compile(r"\b(outstanding|borrowers\w*)\b")
_PROVINCE, _COMMUNE = 2, 5  # digits


@dataclass(frozen=True)
class Counted:
    """What the figures of a workbook count; two that count the same have the same cells."""

    indicators: Mapping[str, Indicator]
    sensitive: frozenset[str]

    def cells(self, figure: Figure, category: str = "") -> tuple[Cell, Cell]:
        """Give the cells of a figure's numerator and denominator."""
        indicator = self.indicators.get(figure.indicator)
        where = (figure.area_code, figure.period, category)
        if indicator is None:
            return ("", *where), ("", *where)
        whom = (figure.target, figure.population)
        return (
            (_what(indicator, indicator.numerator, *whom), *where),
            (_what(indicator, indicator.denominator, *whom), *where),
        )

    def what(self, line: Line, part: str) -> str:
        """Name what a part of a line counts."""
        expression = getattr(line.indicator, part)
        return _what(line.indicator, expression, line.target, line.population)

    def guard(self, figure: Figure, category: str = "") -> Cell | None:
        """Give the cell that has to be shown for this figure to be: loans need their borrowers."""
        indicator, borrowers = self.indicators.get(figure.indicator), self.indicators.get(_GUARD)
        if indicator is None or borrowers is None or not _about_loans(indicator):
            return None
        what = _what(borrowers, borrowers.numerator, None, "")
        return what, figure.area_code, figure.period, category

    def is_sensitive(self, figure: Figure) -> bool:
        """Tell whether a figure counts, or rests on, people of a sensitive class."""
        indicator = self.indicators.get(figure.indicator)
        return indicator is not None and self.concerns(indicator)

    def concerns(self, indicator: Indicator) -> bool:
        """Tell whether an indicator counts, or rests on, people of a sensitive class."""
        counts = (indicator.numerator, indicator.denominator)
        own = {_of_all(indicator, each) for each in counts if each}
        return bool(own & self.sensitive) or _about_loans(indicator)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the figures that have a sensitive count."""
        found = [each for each in self.indicators.values() if self.concerns(each)]
        of_targets = [
            "_".join(filter(None, (target, each.line))) for each in found for target in each.targets
        ]
        return tuple(dict.fromkeys([*(each.code for each in found), *of_targets]))


def counted_in(definitions: Definitions) -> Counted:
    """Tell what the indicators of a workbook count."""
    plain = {
        (each.table, _plain(each.numerator))
        for each in definitions.indicators
        if not each.sensitive
    }
    sensitive = {
        _of_all(each, expression)
        for each in definitions.indicators
        if each.sensitive
        for expression in (each.numerator, each.denominator)
        # members, of whom a share is sensitive, are no secret where they are a figure themselves
        if expression and (each.table, _plain(expression)) not in plain
    }
    by_code = {each.code: each for each in definitions.indicators}
    return Counted(by_code, frozenset(sensitive))


def sensitive_counts(figures: Figures, counted: Counted) -> dict[Cell, int]:
    """Give every sensitive count of all areas and periods, those that are known and not 0."""
    counts: dict[Cell, int] = {}
    wide = [area for area in figures.areas() if level_of(area) in BROKEN_DOWN]
    for code in counted.codes:
        for line in figures.lines(code)[:1]:
            for part in ("numerator", "denominator"):
                what = counted.what(line, part)
                if _name(what) not in counted.sensitive:
                    continue
                for period in figures.periods:
                    for area, value in figures.numbers(code, period, part).items():
                        if value and value == int(value):
                            counts[what, area, period.name, ""] = int(value)
            for area in wide:
                _add_slices(counts, counted, figures, line, area)
    return counts


def _add_slices(
    counts: dict[Cell, int], counted: Counted, figures: Figures, line: Line, area: str
) -> None:
    for breakdown in line.indicator.breakdowns:
        for period in figures.periods:
            for each in figures.slices(line.code, area, period, breakdown):
                for part in ("numerator", "denominator"):
                    what = counted.what(line, part)
                    value = getattr(each, part)
                    if _name(what) in counted.sensitive and value:
                        cell = (what, area, period.name, f"{breakdown}={each.category}")
                        counts[cell] = int(value)


def sums_of(figures: Figures, counts: Mapping[Cell, int], periods: Sequence[Period]) -> list[Sum]:
    """Give every sum that a reader could reckon with.

    Args:
        counts: of the areas of ``figures`` in some periods.
        periods: those periods.
    """
    wider = _wider_areas(figures)
    times = list(_periods_in_periods(periods))
    parts: dict[tuple[Cell, str], list[Cell]] = defaultdict(list)  # total and how it is split
    for cell in counts:
        what, area, period, category = cell
        if category:
            parts[(what, area, period, ""), category.partition("=")[0]].append(cell)
        for around, level in wider.get(area, ()):
            parts[(what, around, period, category), level].append(cell)
    found = [Sum(total, tuple(cells)) for (total, _), cells in parts.items() if total in counts]
    for what, area, category in {(what, area, category) for what, area, _, category in counts}:
        for period, shorter in times:
            inner = tuple((what, area, each, category) for each in shorter)
            found.append(Sum((what, area, period, category), inner))
    return sorted(found, key=str)


def _wider_areas(figures: Figures) -> dict[str, list[tuple[str, str]]]:
    """Give area → the areas right around it, each with the level of its parts."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for around, parts in _areas_in_areas(figures):
        for code in parts:
            found[code].append((around, level_of(code)))
    return found


def _areas_in_areas(figures: Figures) -> Iterator[tuple[str, list[str]]]:
    """Give each area with those of one level right inside it; kinds of area stand beside both."""
    asked = set(figures.areas())
    levels: tuple[Level, ...] = ("province", "commune", "club", "kind")
    for level in levels:
        inside: dict[str, list[str]] = defaultdict(list)
        for code in figures.areas(level):
            for around in _right_around(code, level, figures, asked):
                inside[around].append(code)
        yield from inside.items()


def _right_around(
    code: str, level: Level, figures: Figures, asked: Collection[str]
) -> Iterator[str]:
    """Give the areas that an area adds up to with others of its level, the nearest ones."""
    if level == "kind":
        whole, _, kind = code.partition(":")
        yield whole
        if whole != COUNTRY:
            yield f"{COUNTRY}:{kind}"
        return
    wider = [each for each in figures.around(code)[:-1] if each in asked]
    plain = [each for each in wider if ":" not in each]
    yield from plain[-1:]
    if not plain or level_of(plain[-1]) != "commune":
        yield from [each for each in wider if ":" in each][-1:]


def _periods_in_periods(periods: Sequence[Period]) -> Iterator[tuple[str, list[str]]]:
    """Give each period with shorter ones that fill it, and with the last of them alone."""
    months = {period.name: period.months() for period in periods}
    for period in periods:
        inside = [
            each for each in periods
            if each.name != period.name and set(months[each.name]) <= set(months[period.name])
        ]  # fmt: skip
        for length in sorted({len(months[each.name]) for each in inside}):
            parts = [each for each in inside if len(months[each.name]) == length]
            parts.sort(key=lambda each: each.start)
            yield period.name, [parts[-1].name]
            if sum(len(months[each.name]) for each in parts) == len(months[period.name]):
                yield period.name, [each.name for each in parts]


def level_of(area_code: str) -> Level:
    """Tell the level of an area by its code."""
    if ":" in area_code:
        return "kind"
    if area_code == COUNTRY:
        return "country"
    return {_PROVINCE: "province", _COMMUNE: "commune"}.get(len(area_code), "club")  # type: ignore[return-value]


def _what(indicator: Indicator, expression: str, target: Target | None, population: str) -> str:
    """Name what is counted: the table and the expression, and of which clubs if not of all."""
    name = _of_all(indicator, expression)
    if target is not None and population == NEW:
        name += f" | {target.founded_from}..{target.founded_to}"
    if target is not None and "threshold_" in expression:
        name += f" | {target.threshold_min}..{target.threshold_max}"
    return name


def _of_all(indicator: Indicator, expression: str) -> str:
    return f"{indicator.table} {_plain(indicator.where)} {_plain(expression)}"


def _name(what: str) -> str:
    return what.partition(" | ")[0]


def _plain(expression: str) -> str:
    return " ".join(expression.split())


def _about_loans(indicator: Indicator) -> bool:
    if indicator.table == "loans":
        return True
    return any(
        _ABOUT_LOANS.search(each) for each in (indicator.numerator, indicator.denominator) if each
    )
