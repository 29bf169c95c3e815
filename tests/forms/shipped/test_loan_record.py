"""One event of a loan: lent, repaid, rescheduled, written off."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

FORM = "loan_record"
Send = Callable[..., Any]

WHO: dict[str, Any] = {
    "province": "20",
    "commune": "06463",
    "club": "06463-01",
    "reporter_name": "Nguyễn Thị Hoa",
    "reporter_role": "treasurer",
    "confirmed": True,
}
LENT = WHO | {
    "event": "lent",
    "borrower": "06463-01-M001",
    "amount": 5000,
    "purpose": "livestock",
    "interest_percent_month": "0.7",
    "term_months": 12,
    "repayment": "at_end",
    "guarantor_group": "yes",
    "lent_on": date(2026, 3, 5),
}
REPAID = WHO | {
    "event": "repaid",
    "loan": "06463-01-L001",
    "repaid_on": date(2026, 10, 3),
    "principal": 1000,
    "interest": 35,
    "last_repayment": "no",
}
RESCHEDULED = WHO | {
    "event": "rescheduled",
    "loan": "06463-01-L001",
    "rescheduled_on": date(2026, 10, 3),
    "new_due_on": date(2027, 6, 30),
    "reschedule_reason": "Lợn bị dịch",
}
WRITTEN_OFF = WHO | {
    "event": "written_off",
    "loan": "06463-01-L001",
    "written_off_on": date(2026, 10, 3),
    "written_off_amount": 3000,
    "write_off_reason": "Người vay đã mất",
}


@pytest.mark.parametrize("event", [LENT, REPAID, RESCHEDULED, WRITTEN_OFF])
def test_each_event_is_accepted_without_a_warning(send: Send, event: dict[str, Any]) -> None:
    sent = send(FORM, event)
    assert sent.refused == ()
    warnings = {"norm_ceiling_in_full", "interest_high", "term_unusual", "principal_high"}
    warnings |= {"written_off_high", "last_but_owed"}
    assert not warnings & {*sent.values}


@pytest.mark.parametrize(
    ("event", "day"),
    [
        (LENT, "2026-03-05"),
        (REPAID, "2026-10-03"),
        (RESCHEDULED, "2026-10-03"),
        (WRITTEN_OFF, "2026-10-03"),
    ],
)
def test_the_event_has_one_date(send: Send, event: dict[str, Any], day: str) -> None:
    assert send(FORM, event)["event_date"] == day


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("vi", "CLB LTHTGN thôn Hoa Đào - Gia hạn - 03/10/2026"),
        ("en", "CLB LTHTGN thôn Hoa Đào - A loan is rescheduled - 03/10/2026"),
    ],
)
def test_the_phones_list_names_the_event_in_words(send: Send, language: str, name: str) -> None:
    assert send(FORM, RESCHEDULED, language=language)["instanceName"] == name


@pytest.mark.parametrize(
    ("lent_on", "months", "due"),
    [
        (date(2026, 1, 31), 1, "2026-02-28"),
        (date(2024, 1, 31), 1, "2024-02-29"),
        (date(2020, 2, 29), 12, "2021-02-28"),
        (date(2026, 8, 31), 1, "2026-09-30"),
        (date(2025, 12, 31), 12, "2026-12-31"),
        (date(2026, 10, 15), 3, "2027-01-15"),
        (date(2025, 11, 30), 3, "2026-02-28"),
        (date(2025, 12, 1), 120, "2035-12-01"),
        (date(2026, 6, 9), 6, "2026-12-09"),
    ],
)
def test_the_due_date_stays_within_the_month(
    send: Send, lent_on: date, months: int, due: str
) -> None:
    sent = send(FORM, LENT, lent_on=lent_on, term_months=months)
    assert sent["due_on"] == due
    year, month, day = due.split("-")
    assert sent["due_on_shown"] == f"{day}/{month}/{year}"


@pytest.mark.parametrize(
    ("changed", "warning"),
    [
        ({"amount": 10_001}, "norm_ceiling_in_full"),
        ({"interest_percent_month": "1.7"}, "interest_high"),  # 20.4% a year
        ({"term_months": 5}, "term_unusual"),
        ({"term_months": 13}, "term_unusual"),
    ],
)
def test_unusual_terms_warn_and_never_block(
    send: Send, changed: dict[str, Any], warning: str
) -> None:
    sent = send(FORM, LENT, **changed)
    assert warning in sent
    assert sent.refused == ()
    assert warning not in send(FORM, LENT)


def test_the_ceiling_is_told_in_full(send: Send) -> None:
    assert send(FORM, LENT, amount=10_001)["norm_ceiling_in_full"] == "10.000.000 đồng"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"amount": 0}, "Số tiền phải lớn hơn 0 và dưới 100 tỷ đồng. Nhớ ghi theo nghìn đồng."),
        ({"interest_percent_month": "-1"}, "Ghi số phần trăm từ 0 đến 100."),
        ({"term_months": 0}, "Ghi số tháng từ 1 đến 120."),
        ({"term_months": 121}, "Ghi số tháng từ 1 đến 120."),
        ({"lent_on": date(2026, 11, 1)}, "Ngày này chưa đến."),
    ],
)
def test_an_impossible_loan_is_refused(send: Send, changed: dict[str, Any], message: str) -> None:
    assert send(FORM, LENT, **changed).refused == (message,)


def test_goods_are_named_and_valued(send: Send) -> None:
    assert send(FORM, LENT, loan_kind="goods").refused == ("Cần trả lời câu này.",)
    assert send(FORM, LENT, loan_kind="goods", goods_words="2 con lợn giống").refused == ()


def test_a_borrower_of_a_phone_without_lists_is_described(send: Send) -> None:
    words = {"club": None, "club_in_list": "not_listed", "club_words": "CLB thôn Nà Han"}
    words |= {"borrower": None, "borrower_in_list": "not_listed", "borrower_words": "Bà Lan"}
    assert send(FORM, LENT | words, empty_lists=True).refused == ()


def test_an_empty_member_list_is_told(send: Send) -> None:
    sent = send(FORM, LENT | {"club": "06463-01", "borrower": None}, empty_lists=True)
    assert "members_empty" in sent


def test_repaying_more_than_the_list_shows_is_a_warning(send: Send) -> None:
    sent = send(FORM, REPAID, principal=3001)
    assert "principal_high" in sent
    assert sent.refused == ()
    assert "principal_high" not in send(FORM, REPAID, principal=3000)
    assert sent["record_outstanding_in_full"] == "3.000.000 đồng"


def test_the_last_repayment_asks_for_the_familys_income(send: Send) -> None:
    assert "income_change" not in send(FORM, REPAID)
    last = send(FORM, REPAID, last_repayment="yes", income_change="better")
    assert last.refused == ()
    assert "last_but_owed" in last  # 1,000 of 3,000


OLD = {"loan": None, "loan_in_list": "not_listed", "loan_words": "Ông Bình, vay năm 2025"}


def test_a_loan_that_is_not_in_the_list_is_described(send: Send) -> None:
    assert send(FORM, REPAID | OLD, loan_lent_on=date(2025, 10, 1)).refused == ()
    assert send(FORM, REPAID | OLD).refused == ()  # the date may be forgotten


@pytest.mark.parametrize(
    ("event", "day"),
    [(REPAID, "repaid_on"), (RESCHEDULED, "rescheduled_on"), (WRITTEN_OFF, "written_off_on")],
)
def test_nothing_happens_before_the_loan_or_after_today(
    send: Send, event: dict[str, Any], day: str
) -> None:
    message = "Ngày này chưa đến, hoặc trước ngày cho vay."
    before = event | OLD | {"loan_lent_on": date(2026, 10, 4)}
    assert send(FORM, before).refused == (message,)
    assert message in send(FORM, event, **{day: date(2026, 11, 1)}).refused


def test_the_new_due_date_is_later(send: Send) -> None:
    sent = send(FORM, RESCHEDULED, new_due_on=date(2026, 10, 3))
    assert sent.refused == ("Hạn mới phải sau ngày đồng ý gia hạn.",)


def test_writing_off_more_than_is_owed_is_a_warning(send: Send) -> None:
    sent = send(FORM, WRITTEN_OFF, written_off_amount=3001)
    assert "written_off_high" in sent
    assert sent.refused == ()


def test_a_replacing_report_says_which(send: Send) -> None:
    assert send(FORM, LENT, report_kind="replaces").refused == ("Cần trả lời câu này.",)
    sent = send(FORM, LENT, report_kind="replaces", replaced_date=date(2026, 3, 4))
    assert sent.refused == ()
    late = send(FORM, LENT, report_kind="replaces", replaced_date=date(2026, 11, 1))
    assert late.refused == ("Ngày này chưa đến.",)
