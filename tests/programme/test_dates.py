from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.dates import Month, months, official, parse_date, short, today

MONTHS = st.builds(Month, st.integers(1900, 2100), st.integers(1, 12))


def test_a_month_is_read_and_written_as_year_and_number():
    assert str(Month.parse("2026-02")) == "2026-02"
    assert Month.of(date(2026, 2, 17)) == Month(2026, 2)
    assert (Month(2028, 2).first, Month(2028, 2).last) == (date(2028, 2, 1), date(2028, 2, 29))


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "26-01", "2026-1", "10/2026"])
def test_other_writings_of_a_month_are_refused(text):
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


def test_the_twelve_months_of_the_pilot():
    found = [str(month) for month in months(Month(2025, 11), Month(2026, 10))]
    assert (found[0], found[2], found[-1], len(found)) == ("2025-11", "2026-01", "2026-10", 12)
    assert list(months(Month(2026, 2), Month(2026, 1))) == []


def test_months_in_words():
    assert Month(2026, 10).in_("vi") == "tháng 10 năm 2026"
    assert Month(2026, 10).in_("en") == "October 2026"
    assert (Month(2026, 1).short("vi"), Month(2026, 1).short("en")) == ("01/2026", "Jan 2026")


@given(MONTHS, st.integers(-500, 500))
def test_going_forth_and_counting_back_agree(month, steps):
    assert month.plus(steps).minus(month) == steps
    assert (month.plus(steps) > month) == (steps > 0)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 10, 31), "ngày 31 tháng 10 năm 2026"),
    ],
)
def test_official_dates_have_a_zero_where_the_decree_wants_one(day, written):
    assert official(day, "vi") == written


def test_dates_in_english_and_in_tables():
    assert official(date(2026, 1, 5), "en") == "5 January 2026"
    assert short(date(2026, 1, 5), "vi") == "05/01/2026"
    assert short(date(2026, 1, 5), "en") == "5 Jan 2026"


@pytest.mark.parametrize("text", ["2026-10-31", "31/10/2026", " 31/10/2026 "])
def test_dates_are_read_in_both_writings(text):
    assert parse_date(text) == date(2026, 10, 31)


@pytest.mark.parametrize("text", ["", "2026-02-30", "10/31/2026", "31.10.2026", "20261031"])
def test_other_writings_of_a_date_are_refused(text):
    with pytest.raises(ValueError, match=r"."):
        parse_date(text)


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "Pacific/Kiritimati", "Etc/GMT+12"])
def test_today_is_the_day_of_the_zone(zone):
    here = ZoneInfo(zone)
    before = datetime.now(here)
    found = today(here)
    assert before.date() <= found <= (before + timedelta(minutes=1)).date()
