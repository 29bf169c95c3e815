"""How figures are judged, with the traps of ranges, bands and national counts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.problem import Text
from reports.indicators.definitions import Target
from reports.indicators.precision import decimals_apart
from reports.indicators.rating import Rating, achieved_of, is_contribution, rate


def target(**changes: Any) -> Target:
    given: dict[str, Any] = {
        "code": "D11",
        "decision": "1648/QĐ-TTg",
        "period": "2025-2030",
        "start": date(2025, 8, 1),
        "end": date(2030, 12, 31),
        "closed": False,
        "area_code": "VN",
        "level": "national",
        "area_kind": "",
        "population": "all clubs",
        "founded_from": date(2025, 8, 1),
        "founded_to": date(2030, 12, 31),
        "label": Text("a", "a"),
        "wording": "reconstructed",
        "unit": "percent",
        "minimum": 50.0,
        "maximum": 70.0,
        "rule": "value>=min",
        "threshold_min": None,
        "threshold_max": None,
        "older_age": None,
        "rate_by": "",
        "not_measured": Text("", ""),
        "source": "S0 S3",
        "row": 2,
    }
    return Target(**(given | changes))


def judged(wanted: Target, value: float | None, **more: Any) -> Rating:
    arguments = {"coverage": None, "area_code": "20", "threshold": 80.0} | more
    return rate(wanted, value, **arguments)


@pytest.mark.parametrize(
    ("value", "rating"),
    [(49.99, Rating.NOT_MET), (50, Rating.MET), (70, Rating.MET), (70.1, Rating.EXCEEDED)],
)
def test_a_range_is_met_from_its_minimum_on(value: float, rating: Rating) -> None:
    assert judged(target(), value) is rating


@pytest.mark.parametrize(
    ("value", "rating"),
    [
        (59.9, Rating.OUT_OF_BAND),
        (60, Rating.IN_BAND),
        (70, Rating.IN_BAND),
        (70.1, Rating.OUT_OF_BAND),
    ],
)
def test_above_a_band_is_outside_and_not_exceeded(value: float, rating: Rating) -> None:
    assert judged(target(rule="band", minimum=60.0), value) is rating


def test_no_data_is_never_unmet() -> None:
    assert judged(target(), None) is Rating.NO_DATA
    assert judged(target(), 0.0) is Rating.NOT_MET


def test_too_little_data_is_not_judged() -> None:
    assert judged(target(), 60, coverage=79.9) is Rating.TOO_LITTLE
    assert judged(target(), 60, coverage=80.0) is Rating.MET


def test_a_national_count_is_only_contributed_to() -> None:
    clubs = target(code="D3", unit="clubs", minimum=6000.0, maximum=None)
    assert judged(clubs, 46) is Rating.CONTRIBUTION
    assert judged(clubs, 6001, area_code="VN") is Rating.EXCEEDED
    assert judged(target(unit="clubs", area_code="20", minimum=40.0, maximum=None), 46) is (
        Rating.EXCEEDED
    ), "a province's own target is rated"
    assert not is_contribution(target(), "20"), "a share is rated everywhere"
    assert not is_contribution(target(unit="areas", minimum=8.0), "20")


def test_more_than_is_not_at_least() -> None:
    wanted = target(rule="value>min", minimum=100.0, maximum=None)
    assert judged(wanted, 100) is Rating.NOT_MET
    assert judged(wanted, 100.5) is Rating.EXCEEDED


@pytest.mark.parametrize(
    ("before", "rating"),
    [(60.0, Rating.RISEN), (70.0, Rating.FALLEN), (65.0, Rating.SAME), (None, Rating.NO_DATA)],
)
def test_a_trend_is_judged_by_where_it_started(before: float | None, rating: Rating) -> None:
    wanted = target(rule="trend", minimum=None, maximum=None)
    assert judged(wanted, 65.0, before=before) is rating


def test_what_is_only_reported_is_not_judged() -> None:
    assert judged(target(rule="reported", minimum=None, maximum=None), 5) is Rating.REPORTED


@given(st.floats(0, 200), st.floats(0, 100))
def test_a_higher_share_is_never_judged_worse(value: float, more: float) -> None:
    order = [Rating.NOT_MET, Rating.MET, Rating.EXCEEDED]
    lower, higher = judged(target(), value), judged(target(), value + more)
    assert order.index(lower) <= order.index(higher)


def test_every_rating_has_words_in_both_languages() -> None:
    def words() -> Iterator[str]:
        for rating in Rating:
            yield rating.value.vi
            yield rating.value.en

    assert all(words())
    assert len(set(words())) == 2 * len(Rating)


@pytest.mark.parametrize(
    ("before", "value", "unit", "rating"),
    [
        (1.24, 1.16, "percent", Rating.SAME),
        (1.26, 1.16, "percent", Rating.FALLEN),
        (1.16, 1.26, "percent", Rating.RISEN),
        (3, 4, "persons", Rating.RISEN),
    ],
)
def test_a_trend_is_judged_by_what_is_printed(
    before: float, value: float, unit: str, rating: Rating
) -> None:
    trend = target(rule="trend", minimum=None, maximum=None, unit="persons")
    assert judged(trend, value, before=before, unit=unit) is rating


@pytest.mark.parametrize(
    ("value", "limit", "decimals"), [(49.9, 50, 1), (49.96, 50, 2), (49.9996, 50, 4), (50, 50, 1)]
)
def test_what_missed_a_target_by_little_is_printed_with_the_digit_that_shows_it(
    value: float, limit: float, decimals: int
) -> None:
    assert decimals_apart(value, limit, "percent") == decimals


@pytest.mark.parametrize(
    ("meeting", "rule", "rating"),
    [
        ((46, 46), "band", Rating.IN_BAND),
        ((45, 46), "band", Rating.OUT_OF_BAND),
        ((46, 46), "value>=min", Rating.MET),
        ((0, 46), "value>=min", Rating.NOT_MET),
        ((0, 0), "value>=min", Rating.NO_DATA),
    ],
)
def test_what_every_club_should_be_is_judged_by_clubs_where_the_target_says_so(
    meeting: tuple[int, int], rule: str, rating: Rating
) -> None:
    wanted = target(level="club", rate_by="clubs", rule=rule)
    assert judged(wanted, 65, meeting=meeting) is rating
    assert judged(wanted, 65, area_code="05977-01") in (Rating.MET, Rating.IN_BAND), "one club"


def test_a_target_for_each_club_may_be_judged_by_the_pooled_figure() -> None:
    wanted = target(level="club", rate_by="pooled")
    assert judged(wanted, 49, meeting=(46, 46)) is Rating.NOT_MET


@pytest.mark.parametrize(
    ("minimum", "value", "percent"), [(3000, 6000, 200), (150_000, 330_000, 220)]
)
def test_how_much_of_a_target_was_reached(minimum: float, value: float, percent: float) -> None:
    wanted = target(unit="clubs", minimum=minimum, maximum=None)
    assert achieved_of(wanted, value) == percent
    assert achieved_of(target(rule="band"), 65) is None
    assert achieved_of(wanted, None) is None
