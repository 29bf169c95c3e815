"""Thirty days at a glance: one mark each, also where no night ran."""

from datetime import date

from ishc.nightly.history import MARKS, days_of, good_words, last_good, legend
from ishc.nightly.ledger import Night

TODAY = date(2026, 11, 22)


def night(day: int, status: int | None = 0, month: int = 11) -> Night:
    started = f"2026-{month:02}-{day:02}T21:30:00+07:00"
    return Night(started, {}, started if status is not None else None, status)


def marks(*nights: Night) -> str:
    return "".join(MARKS[each.state] for each in days_of(nights, TODAY))


def test_each_day_has_one_mark_and_days_without_a_night_show():
    assert marks(night(18), night(19, 3), night(21, None), night(22)) == "✓✗·!✓"
    assert marks(night(20)) == "✓··"
    assert marks() == ""


def test_a_night_that_was_run_again_counts_as_it_ended_best():
    assert marks(night(22, 3), night(22, 0)) == "✓"
    assert marks(night(22, 0), night(22, 3)) == "✓"
    assert marks(night(22, 3), night(22, None)) == "!"


def test_only_thirty_days_are_shown_and_none_of_the_future():
    assert len(marks(night(1, month=8), night(22))) == 30
    assert marks(night(22), night(23)) == "✓"


def test_what_marks_mean_is_said_in_words():
    days = days_of([night(20), night(22, 4)], TODAY)
    assert legend(days).en == "✓ done 1, ✗ something not done 1, · did not run 1"
    assert legend(days).vi == "✓ xong 1, ✗ có việc chưa xong 1, · không chạy 1"


def test_the_last_good_night_is_named():
    assert last_good([night(20), night(21, 3)]) == date(2026, 11, 20)
    assert "20/11/2026" in good_words(last_good([night(20), night(21, 3)])).vi
    assert last_good([night(21, 3)]) is None
