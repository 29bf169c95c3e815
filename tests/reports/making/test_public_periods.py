"""Public versions made in several calls hide the same and give nothing of each other away."""

from collections import defaultdict
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.indicators.figures import Figures
from reports.periods import parse_period, regular_within
from reports.privacy_cells import LEAST_SHOWN, Hidden, Sum, hide
from reports.privacy_counts import Cell, counted_in, sensitive_counts, sums_of
from reports.privacy_periods import with_periods_inside, withheld_in
from reports.sources import Sources
from reports.whole import everywhere, withheld

MONTH, QUARTER, YEAR = "2026-09", "2026-Q3", "2026"


def of_period(found: Mapping[Cell, Hidden], period: str) -> dict[Cell, Hidden]:
    return {cell: why for cell, why in found.items() if cell[2] == period}


def test_a_period_hides_the_same_whatever_else_is_asked_for(sources: Sources) -> None:
    quarter = sources.period(QUARTER)
    alone = withheld(sources, [quarter])
    beside = withheld(
        sources, [sources.period("2026-08..2026-10"), quarter, sources.period("2026-H2")]
    )
    for name in (MONTH, QUARTER):
        assert of_period(alone, name), "something is hidden"
        assert of_period(alone, name) == of_period(beside, name)


@pytest.fixture(scope="module")
def quarter(sources: Sources) -> Figures:
    """Every figure of a quarter and its months."""
    return everywhere(
        sources,
        with_periods_inside([sources.period(QUARTER)], None, sources.period(MONTH).months()[0]),
    )


def test_no_total_gives_away_a_small_count_of_a_period(quarter: Figures) -> None:
    """No sum over areas or a breakdown has a single hidden cell in it."""
    counts = sensitive_counts(quarter, counted_in(quarter.definitions))
    hidden = withheld_in(quarter)
    assert {cell for cell, count in counts.items() if count < LEAST_SHOWN} <= hidden.keys()
    for sums, cells in (
        (sums_of(quarter, of_period(counts, each.name), [each]), of_period(counts, each.name))  # type: ignore[arg-type]
        for each in quarter.periods
    ):
        for each in sums:
            unknown = [cell for cell in (each.total, *each.parts) if cell in hidden]
            parts = sum(cells.get(cell, 0) for cell in each.parts)
            if parts == cells.get(each.total):
                assert len(unknown) != 1, unknown


def test_a_stock_is_hidden_alike_in_all_periods_that_end_then(quarter: Figures) -> None:
    hidden = withheld_in(quarter)
    counts = sensitive_counts(quarter, counted_in(quarter.definitions))
    stocks = {cell[0] for cell in counts if "needs_support" in cell[0] and not cell[3]}
    assert stocks
    for cell, count in counts.items():
        if cell[0] in stocks and cell[2] == QUARTER and not cell[3]:
            then = (cell[0], cell[1], MONTH, "")
            assert counts[then] == count
            assert (cell in hidden) == (then in hidden)


def test_no_month_is_known_from_its_quarter(quarter: Figures) -> None:
    hidden = withheld_in(quarter)
    counts = sensitive_counts(quarter, counted_in(quarter.definitions))
    months = [each.name for each in quarter.periods if each.kind == "month"]
    by_cell: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for (what, area, period, category), count in counts.items():
        by_cell[what, area, category][period] = count
    for (what, area, category), by_period in by_cell.items():
        unknown = [each for each in months if (what, area, each, category) in hidden]
        if sum(by_period.get(each, 0) for each in months) == by_period.get(QUARTER) and unknown:
            whole = (what, area, QUARTER, category)
            assert whole in hidden or len(unknown) > 1


def test_the_months_and_quarters_of_a_year() -> None:
    names = [each.name for each in regular_within(parse_period(YEAR, {}))]
    assert len(names) == len(set(names)) == 12 + 4 + 2 + 1
    across = [each.name for each in regular_within(parse_period("2025-11..2026-03", {}))]
    assert across == ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-Q1"]


areas = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=4), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(communes=areas, first=st.sets(st.integers(0, 15), max_size=4))
def test_what_was_decided_stays_and_the_rest_fits_to_it(
    communes: list[list[int]], first: set[int]
) -> None:
    """The same province decided twice, the second time beside a breakdown: nothing changes."""
    counts, sums = (
        {"all": sum(map(sum, communes))},
        [Sum("all", tuple(map(str, range(len(communes)))))],
    )
    for province, inside in enumerate(communes):
        counts[str(province)] = sum(inside)
        names = tuple(f"{province}/{number}" for number in range(len(inside)))
        counts |= dict(zip(names, inside, strict=True))
        sums.append(Sum(str(province), names))
    before = hide(counts, sums)
    decided = {cell: before.get(cell) for cell in counts}
    parts = {f"all/{each}": counts["all"] // 3 for each in range(2)}
    parts["all/2"] = counts["all"] - sum(parts.values())
    more = counts | parts
    then = hide(more, [*sums, Sum("all", tuple(parts))], decided)
    assert {cell: then.get(cell) for cell in counts} == decided
    small = {cell for cell, count in more.items() if 0 < count < LEAST_SHOWN}
    assert small <= then.keys()
    shown = [each for each in parts if each not in then and parts[each]]
    if "all" not in then and small & parts.keys():
        assert len(shown) < 2, "what is shown of three would tell the third"
