"""What is not published of several periods: chosen period by period, the shorter ones first.

What is hidden of a period depends on that period and on those that lie in it, and on nothing else:
not on what was asked for, nor on later periods. So all reports of one period hide the same, made
together or one by one. A stock at a day is hidden alike in every period that ends then, and a total
is hidden from which, less the months that are shown, a hidden month would be known. What several
totals of several periods and areas tell together is not looked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from programme.dates import Month
from reports.indicators.definitions import Definitions
from reports.indicators.figures import Figures
from reports.periods import Period, regular_within
from reports.privacy_cells import LEAST_SHOWN, Hidden, hide
from reports.privacy_counts import Cell, counted_in, sensitive_counts, sums_of

Withheld = dict[Cell, Hidden]
Counts = Mapping[Cell, int]
Pattern = frozenset[tuple[str, int]]  # area and count, of all areas


def with_periods_inside(
    periods: Iterable[Period], begun: Month | None, until: Month
) -> tuple[Period, ...]:
    """Give periods, and the months, quarters, half years and years that lie in them.

    Args:
        begun: first month that any club had to report; earlier ones have no figures.
        until: month of the last day that counts.
    """
    found: dict[str, Period] = {}
    for period in periods:
        found[period.name] = period
        for each in regular_within(period):
            first, last = Month.of(each.start), Month.of(each.end)
            if (begun is None or begun <= last) and first <= until:
                found[each.name] = each
    return tuple(sorted(found.values(), key=_short_first))


def withheld_in(figures: Figures, definitions: Definitions | None = None) -> Withheld:
    """Choose the counts that are not published, over all areas and periods of some figures.

    Args:
        figures: of every area that anything is published of; with the periods inside theirs.
        definitions: the whole workbook, where the figures are only those that may be hidden.
    """
    counted = counted_in(definitions or figures.definitions)
    by_period: dict[str, dict[Cell, int]] = defaultdict(dict)
    for cell, count in sensitive_counts(figures, counted).items():
        by_period[cell[2]][cell] = count
    decided: dict[Cell, Hidden | None] = {}
    patterns: dict[str, dict[str, Pattern]] = {}
    for period in sorted(figures.periods, key=_short_first):
        own = by_period[period.name]
        same = _same(own)
        counts = {(same[cell[0]], *cell[1:]): count for cell, count in own.items()}
        inside = [each for each in figures.periods if _lies_in(each, period)]
        earlier = {each.name: patterns[each.name] for each in inside}
        known = dict(_known(counts, decided, earlier))
        guarded = _told_by_time(own, inside, by_period, decided)
        hidden = hide(
            counts,
            sums_of(figures, counts, [period]),
            known,
            {(same[cell[0]], *cell[1:]) for cell in guarded},
        )
        decided |= {cell: hidden.get((same[cell[0]], *cell[1:])) for cell in own}
        patterns[period.name] = _patterns(own)
    return {cell: why for cell, why in decided.items() if why is not None}


def _short_first(period: Period) -> tuple[int, str]:
    return len(period.months()), period.name


def _lies_in(period: Period, wider: Period) -> bool:
    """Tell whether a month, quarter, half year or year lies in another period."""
    regular = period.kind not in ("range", "phase") and period != wider
    return regular and wider.start <= period.start and period.end <= wider.end


def _patterns(counts: Counts) -> dict[str, Pattern]:
    """Give what is counted → the count of every area, without breakdowns."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (what, area, _, category), count in counts.items():
        if not category:
            found[what].append((area, count))
    return {what: frozenset(pairs) for what, pairs in found.items()}


def _same(counts: Counts) -> dict[str, str]:
    """Give what is counted → the first that counts the same everywhere: it is the same cell."""
    first: dict[Pattern, str] = {}
    split = {cell[0] for cell in counts if cell[3]}
    names = {cell[0]: cell[0] for cell in counts}
    # what is broken down gives its name; of two that are, each keeps its own
    for what, pattern in sorted(
        _patterns(counts).items(), key=lambda one: (one[0] not in split, one[0])
    ):
        if what not in split or pattern not in first:
            names[what] = first.setdefault(pattern, what)
    return names


def _known(
    counts: Counts,
    decided: Mapping[Cell, Hidden | None],
    earlier: Mapping[str, Mapping[str, Pattern]],
) -> Iterator[tuple[Cell, Hidden | None]]:
    """Give what was decided already: a stock at a day is the same in all periods that end then.

    Args:
        earlier: name of a period inside → what is counted → its pattern.
    """
    seen: dict[Pattern, tuple[str, str]] = {}
    for period, counted in earlier.items():
        for what, pattern in counted.items():
            seen.setdefault(pattern, (what, period))
    patterns = _patterns(counts)
    for cell in counts:
        what, area, _, category = cell
        if not category and (same := seen.get(patterns[what])):
            yield cell, decided[same[0], area, same[1], ""]


def _told_by_time(
    own: Counts,
    inside: Sequence[Period],
    by_period: Mapping[str, Counts],
    decided: Mapping[Cell, Hidden | None],
) -> Iterator[Cell]:
    """Give the counts of a period from which, less those shown, a hidden one in it would be known.

    Three loans in a quarter and none in its first two months are three in the third.
    """
    for length in {len(each.months()) for each in inside}:
        names = [each.name for each in inside if len(each.months()) == length]
        for cell, count in own.items():
            what, area, _, category = cell
            parts = [(what, area, name, category) for name in names]
            found = [(each, by_period[each[2]].get(each, 0)) for each in parts]
            if sum(amount for _, amount in found) == count:
                hidden = [(why, amount) for each, amount in found if (why := decided.get(each))]
                if hidden and _only_one_way(hidden):
                    yield cell


def _only_one_way(hidden: Sequence[tuple[Hidden, int]]) -> bool:
    """Tell whether the sum of hidden counts tells what each of them is."""
    amount = sum(count for _, count in hidden)
    small = sum(why is Hidden.SMALL for why, _ in hidden)
    large = len(hidden) - small
    least, most = small + LEAST_SHOWN * large, (LEAST_SHOWN - 1) * small
    return len(hidden) == 1 or amount <= least or (not large and amount == most)
