"""Margins of survey estimates, beside formulas of the text books and a jackknife."""

from math import sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.indicators.margins import ClubSums, margin_of, student

CLUB = st.tuples(st.sampled_from(["20-delta", "20-mountain"]), st.integers(0, 8), st.integers(1, 8))


def clubs_of(rows: list[tuple[str, int, int]]) -> list[ClubSums]:
    """Clubs with `yes` of `asked` members, each standing for ten."""
    return [
        ClubSums(f"{place:05d}-01", stratum, 10.0 * min(yes, asked), 10.0 * asked, asked)
        for place, (stratum, yes, asked) in enumerate(rows)
    ]


def test_one_interview_a_club_is_a_simple_sample() -> None:
    clubs = clubs_of([("20", place % 4 == 0, 1) for place in range(400)])
    share = 0.25
    plain = student(95, 399) * sqrt(share * (1 - share) / 399)
    assert margin_of(clubs, 95) == pytest.approx(plain)


@pytest.mark.parametrize(
    ("confidence", "freedom", "quantile"),
    [(95, 10, 2.228), (95, 30, 2.042), (90, 5, 2.015), (99, 20, 2.845), (95, 100_000, 1.960)],
)
def test_quantiles_are_those_of_the_tables(
    confidence: float, freedom: int, quantile: float
) -> None:
    assert student(confidence, freedom) == pytest.approx(quantile, abs=0.01)


def test_clubs_that_all_say_the_same_leave_no_margin() -> None:
    assert margin_of(clubs_of([("20", 1, 2)] * 10), 95) == pytest.approx(0)


def test_strata_that_differ_do_not_widen_the_margin() -> None:
    rows = [("a", 4, 4)] * 10 + [("b", 0, 4)] * 10
    apart = margin_of(clubs_of(rows), 95)
    mixed = margin_of(clubs_of([("all", yes, asked) for _, yes, asked in rows]), 95)
    assert apart == pytest.approx(0)
    assert mixed is not None
    assert mixed > 0.1


@pytest.mark.parametrize("rows", [[], [("20", 1, 4)], [("a", 1, 4), ("b", 2, 4)]])
def test_too_few_clubs_give_no_margin(rows: list[tuple[str, int, int]]) -> None:
    assert margin_of(clubs_of(rows), 95) is None


@given(st.lists(CLUB, min_size=24, max_size=60), st.randoms())
def test_the_order_of_clubs_changes_nothing(
    rows: list[tuple[str, int, int]], random: Random
) -> None:
    clubs = clubs_of(rows)
    shuffled = clubs.copy()
    random.shuffle(shuffled)
    one, other = margin_of(clubs, 95), margin_of(shuffled, 95)
    assert one == pytest.approx(other)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(4, 8)), min_size=30, max_size=60))
def test_a_jackknife_finds_nearly_the_same(rows: list[tuple[int, int]]) -> None:
    clubs = clubs_of([("20", yes, asked) for yes, asked in rows])
    whole = ratio(clubs)
    spread = sum((ratio(clubs[:i] + clubs[i + 1 :]) - whole) ** 2 for i in range(len(clubs)))
    jackknife = sqrt(spread * (len(clubs) - 1) / len(clubs)) * student(95, len(clubs) - 1)
    assert margin_of(clubs, 95) == pytest.approx(jackknife, rel=0.1, abs=0.003)


def ratio(clubs: list[ClubSums]) -> float:
    return sum(each.numerator for each in clubs) / sum(each.denominator for each in clubs)
