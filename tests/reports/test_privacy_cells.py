"""Somebody who knows every shown cell and every total cannot tell a hidden count."""

from collections.abc import Iterator, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.privacy_cells import LEAST_SHOWN, Hidden, Sum, hide

Counts = Mapping[str, int]
MANY = 9  # a hidden cell of 5 and more is tried up to so many more than it is


def test_a_single_small_count_takes_the_smallest_other_one_along() -> None:
    counts = {"all": 63, "a": 3, "b": 40, "c": 20}
    assert hide(counts, [Sum("all", ("a", "b", "c"))]) == {"a": Hidden.SMALL, "c": Hidden.SECOND}


def test_two_small_counts_hide_each_other() -> None:
    counts = {"all": 25, "a": 3, "b": 2, "c": 20}
    assert set(hide(counts, [Sum("all", ("a", "b", "c"))])) == {"a", "b"}


def test_two_that_can_only_be_one_each_need_a_third() -> None:
    counts = {"all": 22, "a": 1, "b": 1, "c": 20}
    assert set(hide(counts, [Sum("all", ("a", "b", "c"))])) == {"a", "b", "c"}


def test_where_nothing_else_is_left_the_total_goes() -> None:
    counts = {"all": 8, "a": 4, "b": 4, "c": 0}
    assert hide(counts, [Sum("all", ("a", "b", "c"))]) == {
        "a": Hidden.SMALL, "b": Hidden.SMALL, "all": Hidden.SECOND,
    }  # fmt: skip


def test_four_made_of_four_does_not_read_less_than_five() -> None:
    counts = {"all": 4, "a": 1, "b": 1, "c": 1, "d": 1}
    hidden = hide(counts, [Sum("all", ("a", "b", "c", "d"))])
    assert hidden["all"] is Hidden.SECOND
    assert {hidden[each] for each in "abcd"} == {Hidden.SMALL}


def test_what_is_not_small_is_shown() -> None:
    counts = {"all": 45, "a": 0, "b": 40, "c": 5}
    assert hide(counts, [Sum("all", ("a", "b", "c"))]) == {}


def test_cells_that_do_not_add_up_give_nothing_away() -> None:
    counts = {"all": 41, "a": 3, "b": 40}  # one borrows in two communes
    assert set(hide(counts, [Sum("all", ("a", "b"))])) == {"a"}


count = st.one_of(st.integers(0, 6), st.integers(0, 30))


@st.composite
def tables(draw: st.DrawFn) -> tuple[Counts, list[Sum]]:
    """Areas in areas, each of them broken down, and all of it in two months and their sum."""
    regions = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    slices = draw(st.integers(1, 3))
    months = draw(st.integers(1, 2))
    sums: list[Sum] = []
    counts: dict[str, int] = {}
    leaves = [f"{r}{p}" for r, parts in enumerate(regions) for p in range(parts)]
    within = {f"{r}": [f"{r}{p}" for p in range(parts)] for r, parts in enumerate(regions)}
    within["all"] = list(within)
    for month in range(months):
        for leaf in leaves:
            for part in range(slices):
                counts[f"{leaf}/{part}/{month}"] = draw(count)
    periods = [str(month) for month in range(months)]
    for period in periods:
        for area, parts in within.items():
            for part in range(slices):
                cells = tuple(f"{each}/{part}/{period}" for each in parts)
                sums.append(Sum(f"{area}/{part}/{period}", cells))
                counts[f"{area}/{part}/{period}"] = sum(counts[cell] for cell in cells)
        for area in [*leaves, *within]:
            cells = tuple(f"{area}/{part}/{period}" for part in range(slices))
            sums.append(Sum(f"{area}/T/{period}", cells))
            counts[f"{area}/T/{period}"] = sum(counts[cell] for cell in cells)
        for area, parts in within.items():
            sums.append(Sum(f"{area}/T/{period}", tuple(f"{each}/T/{period}" for each in parts)))
    if months > 1:
        for area in [*leaves, *within]:
            for part in [*map(str, range(slices)), "T"]:
                cells = tuple(f"{area}/{part}/{period}" for period in periods)
                sums.append(Sum(f"{area}/{part}/Y", cells))
                counts[f"{area}/{part}/Y"] = sum(counts[cell] for cell in cells)
    return counts, sums


@settings(max_examples=60, deadline=None, derandomize=True)  # another world is sought long at times
@given(tables())
def test_nobody_can_tell_a_hidden_count(table: tuple[Counts, list[Sum]]) -> None:
    counts, sums = table
    hidden = hide(counts, sums)
    small = {cell for cell, value in counts.items() if 0 < value < LEAST_SHOWN}
    assert small <= set(hidden)
    assert all(counts[cell] for cell in hidden)
    for cell in hidden:
        assert has_another_value(cell, counts, sums, hidden), (cell, counts[cell], hidden)


@given(tables(), st.randoms())
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_cells_does_not_matter(
    table: tuple[Counts, list[Sum]], random: object
) -> None:
    counts, sums = table
    turned = dict(reversed(counts.items()))
    assert hide(turned, sums) == hide(counts, sums)


def test_a_country_of_communes_is_done_at_once() -> None:
    """As many communes as there are, most with few persons: seconds would be too long."""
    counts = {f"{p:02}{c:03}": (7 * p + 13 * c) % 23 for p in range(34) for c in range(98)}
    sums = []
    for p in range(34):
        parts = tuple(f"{p:02}{c:03}" for c in range(98))
        counts[f"{p:02}"] = sum(counts[each] for each in parts)
        sums.append(Sum(f"{p:02}", parts))
    counts["VN"] = sum(counts[f"{p:02}"] for p in range(34))
    sums.append(Sum("VN", tuple(f"{p:02}" for p in range(34))))
    hidden = hide(counts, sums)
    assert all(why is Hidden.SMALL for why in hidden.values())  # they hide each other


def has_another_value(
    cell: str, counts: Counts, sums: list[Sum], hidden: Mapping[str, Hidden]
) -> bool:
    """Look for another world in which all that is shown is the same, and this cell is not.

    Values of the hidden cells are tried one after another, the farthest from the truth last; a
    sum with one unknown cell settles it. Written without the code that is tested.
    """
    around = connected(cell, sums, hidden)
    equations = [
        (tuple(each.parts), each.total)
        for each in sums
        if any(part in around for part in (*each.parts, each.total))
    ]
    ranges = {each: list(possible(counts[each], hidden[each])) for each in around}
    return any(
        solvable({cell: value}, around, equations, counts, ranges)
        for value in ranges[cell]
        if value != counts[cell]
    )


def connected(cell: str, sums: list[Sum], hidden: Mapping[str, Hidden]) -> list[str]:
    found, new = [cell], [cell]
    while new:
        beside = [
            str(other)
            for each in sums
            if any(one in (*each.parts, each.total) for one in new)
            for other in (*each.parts, each.total)
        ]
        new = [each for each in dict.fromkeys(beside) if each in hidden and each not in found]
        found += new
    return found


def possible(value: int, why: Hidden) -> Iterator[int]:
    least = 1 if value < LEAST_SHOWN else LEAST_SHOWN
    every = range(1, LEAST_SHOWN) if why is Hidden.SMALL else range(least, value + MANY)
    yield from sorted(every, key=lambda each: abs(each - value))


def solvable(
    known: dict[str, int],
    unknown: list[str],
    equations: list[tuple[tuple[object, ...], object]],
    counts: Counts,
    ranges: Mapping[str, list[int]],
) -> bool:
    known = dict(known)
    settled = True
    while settled:
        settled = False
        for parts, total in equations:
            cells = [*parts, total]
            left = [str(each) for each in cells if str(each) in ranges and str(each) not in known]

            def value(each: object) -> int:
                return known[str(each)] if str(each) in known else counts[str(each)]

            if len(left) > 1:
                continue
            over = sum(value(each) for each in parts if str(each) not in left) - (
                0 if str(total) in left else value(total)
            )
            if not left:
                if over:
                    return False
                continue
            found = over if str(total) in left else -over
            if found not in ranges[left[0]]:
                return False
            known[left[0]] = found
            settled = True
    free = [each for each in unknown if each not in known]
    if not free:
        return True
    changed = {each for each, value in known.items() if value != counts[each]}
    broken = [
        each
        for parts, total in equations
        if any(str(cell) in changed for cell in (*parts, total))
        for each in map(str, (*parts, total))
        if each in free
    ]
    if not broken:
        return True  # the rest may stay as it is
    first = broken[0]
    return any(
        solvable({**known, first: value}, unknown, equations, counts, ranges)
        for value in ranges[first]
    )
