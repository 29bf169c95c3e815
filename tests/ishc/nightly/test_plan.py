"""Which steps a night has, and for which period a report is due."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishc.nightly.plan import last_period, steps_of
from programme.backup_settings import NightlyBackup
from programme.dates import Month
from programme.nightly_settings import DueReport, NightlySettings
from programme.people_settings import RetentionSettings
from programme.problem import Text
from programme.settings import Settings

SETTINGS = Settings(Text("Thử", "Trial"), "vi", ZoneInfo("Asia/Ho_Chi_Minh"), synthetic=True)
REPORTS = (DueReport("province_periodic", ("20", "04"), "month", 12, ("vi", "en")),)


def names(nightly, day=date(2026, 11, 22), made=()):
    return [each.name for each in steps_of(replace(SETTINGS, nightly=nightly), day, made)]


def test_a_night_pulls_and_reconciles_and_touches_no_server_unasked():
    assert names(NightlySettings()) == ["pull", "reconcile", "indicators"]


def test_what_is_asked_for_comes_in_the_order_in_which_it_can_be_done():
    asked = NightlySettings(push=True, publish=True, export=("xlsx", "csv"), reports=REPORTS[:1])
    assert names(asked) == [
        *("pull", "reconcile", "push", "publish", "indicators"),
        *("report province_periodic 20 2026-10 vi", "report province_periodic 20 2026-10 en"),
        *("report province_periodic 04 2026-10 vi", "report province_periodic 04 2026-10 en"),
        *("export xlsx", "export csv"),
    ]


def test_what_is_kept_no_longer_goes_before_tables_are_made_and_only_by_a_right_clock():
    asked = replace(SETTINGS, retention=RetentionSettings(personal=60))
    first, second, third, *_ = steps_of(asked, date(2026, 11, 22), ())
    assert [first.name, second.name, third.name] == ["pull", "retention", "reconcile"]
    assert (second.needs, second.needs_clock) == (("pull",), True)


def test_a_report_that_was_made_is_not_due_again():
    asked = NightlySettings(reports=REPORTS)
    made = {"report province_periodic 20 2026-10 vi", "report province_periodic 04 2026-10 en"}
    assert [each for each in names(asked, made=made) if each.startswith("report")] == [
        "report province_periodic 20 2026-10 en",
        "report province_periodic 04 2026-10 vi",
    ]


@pytest.mark.parametrize(
    ("every", "last", "due"),
    [
        (1, None, True),
        (1, 21, True),
        (1, 22, False),  # made today, by a run before this one
        (7, 16, False),
        (7, 15, True),
        (7, 30, True),  # made while the clock was ahead
    ],
)
def test_a_backup_is_due_once_in_so_many_days(every, last, due):
    asked = replace(SETTINGS, nightly=NightlySettings(backup=NightlyBackup(every_days=every)))
    backed_up = last and date(2026, 11, last)
    steps = steps_of(asked, date(2026, 11, 22), (), backed_up=backed_up)
    assert ("backup" in [each.name for each in steps]) is due


def test_a_backup_is_asked_for_as_a_person_would():
    backup = NightlyBackup(Path("/mnt/sao lưu"), passphrase_file=Path("/p/khóa"), keep=3, days=30)
    asked = replace(SETTINGS, nightly=NightlySettings(backup=backup))
    (step,) = [each for each in steps_of(asked, date(2026, 11, 22), ()) if each.name == "backup"]
    assert step.needs == ()  # what is here is kept also where nothing could be pulled
    assert step.arguments == (
        *("backup", "--keep", "3", "--days", "30"),
        *("--to", "/mnt/sao lưu", "--passphrase-file", "/p/khóa"),
    )


@pytest.mark.parametrize(
    ("every", "day", "period"),
    [
        ("month", date(2026, 11, 11), "2026-09"),  # October is due on the 12th
        ("month", date(2026, 11, 12), "2026-10"),
        ("month", date(2026, 1, 12), "2025-12"),
        ("month", date(2026, 1, 11), "2025-11"),
        ("quarter", date(2026, 11, 22), "2026-Q3"),
        ("quarter", date(2026, 10, 11), "2026-Q2"),
        ("quarter", date(2026, 1, 12), "2025-Q4"),
        ("half", date(2026, 7, 12), "2026-H1"),
        ("half", date(2026, 7, 11), "2025-H2"),
        ("year", date(2026, 12, 31), "2025"),
        ("year", date(2027, 1, 12), "2026"),
    ],
)
def test_the_last_period_that_is_over_and_due(every, day, period):
    assert last_period(every, 12, day) == period


@given(
    st.dates(date(2020, 3, 1), date(2035, 12, 31)),
    st.integers(1, 28),
    st.sampled_from(["month", "quarter", "half", "year"]),
)
def test_a_period_is_due_from_its_day_until_the_next_one_is(day, due_day, every):
    """A computer that was off on the due day makes the report when it is on again."""
    length = {"month": 1, "quarter": 3, "half": 6, "year": 12}[every]
    period = last_period(every, due_day, day)
    year = int(period[:4])
    number = {"month": 5, "quarter": 6, "half": 6, "year": None}[every]
    place = 1 if number is None else int(period[number:])
    end = Month(year, place * length)
    due = end.plus(1).first.replace(day=due_day)
    following = end.plus(1 + length).first.replace(day=due_day)
    assert due <= day < following
