"""The cash books of the monthly report: computed, counted, compared."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

FORM = "monthly_activity_report"
Send = Callable[..., Any]

BOOK: dict[str, Any] = {
    "province": "20",
    "commune": "06463",
    "club": "06463-01",
    "month": date(2026, 10, 1),
    "reporter_name": "Nguyễn Thị Hoa",
    "reporter_role": "treasurer",
    "meeting_held": "no",
    "no_meeting_reason": "weather",
    "digital_lesson": "no",
    "green_lesson": "no",
    "members_changed": "no",
    "income_opening_cash": 1000,
    "income_opening_bank": 0,
    "income_closing_cash": 1000,
    "loans_opening": 0,
    "loans_open_count": 0,
    "operating_opening_cash": 0,
    "operating_opening_bank": 0,
    "operating_closing_cash": 0,
    "confirmed": True,
}
KINDS_IN = ("contributions", "interest", "principal", "grants", "sales", "other")
KINDS_OUT = ("lent", "activities", "support", "other")


def test_every_line_of_the_income_fund_counts(send: Send) -> None:
    lines_in = {f"income_in_{kind}": 100 for kind in KINDS_IN}
    lines_out = {f"income_out_{kind}": 10 for kind in KINDS_OUT}
    ticked = {"income_kinds_in": list(KINDS_IN), "income_kinds_out": list(KINDS_OUT)}
    sent = send(
        FORM, BOOK | lines_in | lines_out | ticked, income_closing_cash=1560, loans_lent_count=1
    )
    assert sent.refused == ()
    assert sent["income_expected_closing"] == "1560"
    assert sent["income_difference"] == "0"
    assert sent["loans_outstanding"] == "-90"  # 10 lent, 100 came back
    assert "loans_below_zero" in sent


def test_every_line_of_the_operating_fund_counts(send: Send) -> None:
    lines_in = {f"operating_in_{kind}": 100 for kind in KINDS_IN if kind != "principal"}
    lines_out = {f"operating_out_{kind}": 10 for kind in KINDS_OUT if kind != "lent"}
    ticked = {
        "operating_kinds_in": [kind for kind in KINDS_IN if kind != "principal"],
        "operating_kinds_out": [kind for kind in KINDS_OUT if kind != "lent"],
    }
    sent = send(FORM, BOOK | lines_in | lines_out | ticked, operating_closing_cash=470)
    assert sent.refused == ()
    assert (sent["operating_expected_closing"], sent["operating_difference"]) == ("470", "0")


def test_only_ticked_kinds_are_asked(send: Send) -> None:
    sent = send(FORM, BOOK, income_kinds_in=["interest"], income_in_interest=5)
    assert "income_in_interest" in sent.asked
    assert "income_in_grants" not in sent.asked
    assert "loans_lent_count" not in sent.asked


@pytest.mark.parametrize(
    ("counted", "asks"), [(1002, False), (998, False), (1003, True), (997, True)]
)
def test_a_difference_beyond_rounding_asks_why(send: Send, counted: int, asks: bool) -> None:
    """A thousand đồng a line: opening and closing are two lines."""
    sent = send(FORM, BOOK, income_closing_cash=counted)
    assert ("income_difference_reason" in sent) is asks
    assert sent.refused == ()  # asked, never forced


def test_each_ticked_kind_allows_a_thousand_more(send: Send) -> None:
    line = {"income_kinds_in": ["sales"], "income_in_sales": 0}
    assert "income_difference_reason" not in send(FORM, BOOK | line, income_closing_cash=1003)
    assert "income_difference_reason" in send(FORM, BOOK | line, income_closing_cash=1004)


def test_spending_more_than_there_was_is_shown_in_full(send: Send) -> None:
    spent = {"income_kinds_out": ["activities"], "income_out_activities": 3500}
    sent = send(FORM, BOOK | spent, income_closing_cash=0)
    assert sent["income_expected_closing_in_full"] == "-2.500.000 đồng"
    assert "income_below_zero" in sent


@pytest.mark.parametrize(
    ("thousand", "in_full"),
    [
        (0, "0 đồng"),
        (1, "1.000 đồng"),
        (999, "999.000 đồng"),
        (1000, "1.000.000 đồng"),
        (5000, "5.000.000 đồng"),
        (10_050, "10.050.000 đồng"),
        (1_000_000, "1.000.000.000 đồng"),  # ten digits in đồng
        (1_234_567, "1.234.567.000 đồng"),
        (99_999_999, "99.999.999.000 đồng"),
    ],
)
def test_money_is_echoed_in_full(send: Send, thousand: int, in_full: str) -> None:
    sent = send(FORM, BOOK, income_opening_cash=thousand, income_closing_cash=thousand)
    assert sent["income_opening_cash_in_full"] == in_full


def test_sums_of_the_largest_amounts_stay_whole_numbers(send: Send) -> None:
    most = 99_999_999
    lines = {f"income_in_{kind}": most for kind in KINDS_IN}
    opening = {"income_opening_cash": most, "income_opening_bank": most, "loans_opening": most}
    closing = {"income_closing_cash": most, "income_closing_bank": most}
    sent = send(FORM, BOOK | lines | opening | closing, income_kinds_in=list(KINDS_IN))
    assert sent["income_expected_closing"] == "799999992"
    assert sent["income_expected_closing_in_full"] == "799.999.992.000 đồng"
    assert sent["income_fund_total"] == "199999998"


def test_loans_and_goods_stay_in_the_fund(send: Send) -> None:
    goods = {"goods_opening": 300, "goods_lent": 200, "goods_repaid": 100}
    loans = {"loans_opening": 2000, "loans_written_off": 500}
    lent = {"income_kinds_out": ["lent"], "income_out_lent": 700, "loans_lent_count": 1}
    sent = send(FORM, BOOK | goods | loans | lent, income_closing_cash=300)
    assert (sent["loans_outstanding"], sent["goods_outstanding"]) == ("2200", "400")
    assert sent["income_fund_total"] == "2900"
