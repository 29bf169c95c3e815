"""The phone's clock takes the machine's place in expressions, and nowhere else."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.engine.phone import Phone, phone_on, with_phone_clock


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<bind calculate="today()"/>', '<bind calculate="phone-today()"/>'),
        ('<bind constraint=". &lt;= now( )"/>', '<bind constraint=". &lt;= phone-now()"/>'),
        ("<bind relevant=\"'today()' = x\"/>", "<bind relevant=\"'today()' = x\"/>"),
        ('<output value=" today() "/>', '<output value=" phone-today() "/>'),
        ('<bind calculate="not-today()"/>', '<bind calculate="not-today()"/>'),
        ('<bind calculate="/data/today"/>', '<bind calculate="/data/today"/>'),
        ("<value>today() là hôm nay</value>", "<value>today() là hôm nay</value>"),
        (
            '<setvalue ref="/data/a" value="today()"/>',
            '<setvalue ref="/data/a" value="phone-today()"/>',
        ),
    ],
)
def test_only_calls_in_expressions_change(before: str, after: str) -> None:
    assert with_phone_clock(before) == after


@given(st.text(alphabet="abctodynw()'&; =<>/\"", max_size=40))
def test_labels_are_never_touched(label: str) -> None:
    text = f"<value>{label.replace('=', '')}</value>"
    assert with_phone_clock(text) == text


def test_times_are_hanois() -> None:
    assert Phone(datetime(2026, 10, 31, 17, 30, tzinfo=UTC)).opened().date() == date(2026, 11, 1)
    assert Phone(datetime(2026, 10, 31, 23, 30)).opened().isoformat() == "2026-10-31T23:30:00+07:00"


def test_a_day_is_enough() -> None:
    phone = phone_on(date(2026, 10, 31))
    assert (phone.opened().hour, phone.closed() > phone.opened()) == (9, True)
