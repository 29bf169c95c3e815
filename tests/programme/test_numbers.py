from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.numbers import money, number, percent


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1234567.89, 2, "1.234.567,89", "1,234,567.89"),
        (Decimal("1234567.885"), 2, "1.234.567,89", "1,234,567.89"),
        (0, 0, "0", "0"),
        (2.5, 0, "3", "3"),
        (-2.5, 0, "-3", "-3"),
        (-0.4, 0, "0", "0"),
        (1000, 0, "1.000", "1,000"),
        (2400, 1, "2.400,0", "2,400.0"),
        (10**30, 0, "1" + ".000" * 10, "1" + ",000" * 10),
    ],
)
def test_numbers_in_both_languages(value, decimals, vi, en):
    assert number(value, "vi", decimals) == vi
    assert number(value, "en", decimals) == en


def test_percentages_are_of_a_hundred():
    assert percent(60.5, "vi") == "60,5%"
    assert percent(60.5, "en") == "60.5%"
    assert percent(100 * 52 / 2400, "vi") == "2,2%"
    assert percent(100, "vi", decimals=0) == "100%"


def test_money_is_in_dong():
    assert money(5_000_000, "vi") == "5.000.000 đồng"
    assert money(5_000_000, "en") == "5,000,000 VND"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_no_figure_is_never_written_as_one(value):
    with pytest.raises(ValueError, match="no figure"):
        number(value, "vi")


@given(st.integers(min_value=-(10**20), max_value=10**20))
def test_a_whole_number_can_be_read_back(value):
    assert int(number(value, "vi").replace(".", "")) == value
    assert int(number(value, "en").replace(",", "")) == value
