"""The day up to which events count, as people ask for it."""

from datetime import date

import pytest

from connectors.reconcile.cut_off import cut_off
from programme.problem import Exit, ProblemError

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("wanted", "day"),
    [
        (None, TODAY),
        (date(2026, 10, 31), date(2026, 10, 31)),
        ("2026-10-31", date(2026, 10, 31)),
        ("31/10/2026", date(2026, 10, 31)),
        (TODAY, TODAY),
    ],
)
def test_a_day_may_be_written_or_left_out(wanted, day):
    assert cut_off(wanted, TODAY) == day


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("2026-31-10", "reconcile-as-of-unreadable"),
        ("31 October", "reconcile-as-of-unreadable"),
        ("2062-10-31", "reconcile-as-of-future"),
        (date(2026, 11, 23), "reconcile-as-of-future"),
    ],
)
def test_what_is_no_day_or_has_not_come_is_told(wanted, code):
    with pytest.raises(ProblemError) as error:
        cut_off(wanted, TODAY)
    assert [each.code for each in error.value.problems] == [code]
    assert error.value.exit_status == Exit.USAGE
