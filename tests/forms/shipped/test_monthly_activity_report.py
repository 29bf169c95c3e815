"""The monthly report, as a club's secretary fills it in."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

FORM = "monthly_activity_report"
Send = Callable[..., Any]

ORDINARY: dict[str, Any] = {
    "province": "20",
    "commune": "06463",
    "club": "06463-01",
    "month": date(2026, 10, 1),
    "reporter_name": "Nguyễn Thị Hoa",
    "reporter_role": "secretary",
    "meeting_held": "yes",
    "meeting_date": date(2026, 10, 17),
    "attendance": 45,
    "attendance_women": 30,
    "attendance_60plus": 28,
    "areas_done": ["income", "health", "culture"],
    "digital_lesson": "yes",
    "green_lesson": "no",
    "members_changed": "no",
    "income_kinds_in": ["contributions"],
    "income_in_contributions": 500,
    "income_closing_cash": 5700,
    "income_closing_bank": 20000,
    "loans_open_count": 0,
    "operating_kinds_in": ["contributions"],
    "operating_in_contributions": 260,
    "operating_kinds_out": ["activities"],
    "operating_out_activities": 150,
    "operating_closing_cash": 910,
    "confirmed": True,
}
SEPTEMBER = ORDINARY | {
    "club": "06463-02",
    "month": date(2026, 9, 1),
    "meeting_date": date(2026, 9, 17),
    "income_closing_cash": 1500,
    "income_closing_bank": None,
    "operating_closing_cash": 410,
}


def test_an_ordinary_month_is_about_25_answers(send: Send) -> None:
    sent = send(FORM, ORDINARY)
    assert sent.refused == ()
    assert 22 <= sent.typed(ORDINARY) <= 28
    assert sent["income_fund_total"] == "55700"  # 5,700 cash, 20,000 bank, 30,000 lent
    assert sent["operating_fund_total"] == "910"
    assert sent["income_fund_total_in_full"] == "55.700.000 đồng"
    assert sent["instanceName"] == "CLB LTHTGN thôn Hoa Đào - 10/2026"


def test_last_closing_is_offered_as_opening(send: Send) -> None:
    sent = send(FORM, ORDINARY)
    assert (sent["income_opening_cash"], sent["income_opening_bank"]) == ("5200", "20000")
    assert (sent["operating_opening_cash"], sent["loans_opening"]) == ("800", "30000")
    assert "income_opening_differs" not in sent


def test_nothing_is_offered_when_a_month_lies_between(send: Send) -> None:
    sent = send(FORM, ORDINARY, club="06463-02")  # its last report is of August
    assert sent["income_opening_cash"] == ""
    assert sent.refused == ("Cần trả lời câu này.",) * 3  # both funds and the loans


def test_another_opening_than_the_list_is_a_warning_only(send: Send) -> None:
    sent = send(FORM, ORDINARY, income_opening_cash=5000, income_closing_cash=5500)
    assert "income_opening_differs" in sent
    assert sent.refused == ()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"month": date(2026, 11, 1)}, "Tháng này chưa đến, hoặc trước năm 2016."),
        ({"month": date(2015, 12, 1)}, "Tháng này chưa đến, hoặc trước năm 2016."),
        ({"meeting_date": date(2026, 11, 1)}, "Ngày này chưa đến."),
        ({"attendance": 0}, "Ghi số từ 1 đến 999."),
        ({"attendance_women": 46}, "Không thể nhiều hơn số người dự họp."),
        ({"attendance_60plus": 46}, "Không thể nhiều hơn số người dự họp."),
        (
            {"income_in_contributions": -1},
            "Số tiền không được âm và phải dưới 100 tỷ đồng. Nhớ ghi theo nghìn đồng.",
        ),
        (
            {"operating_closing_cash": 100_000_000},
            "Số tiền không được âm và phải dưới 100 tỷ đồng. Nhớ ghi theo nghìn đồng.",
        ),
        (
            {"loans_open_count": 3, "loans_overdue_count": 4},
            "Không thể nhiều hơn số khoản vay còn nợ.",
        ),
        ({"confirmed": None}, "Cần đánh dấu xác nhận trước khi gửi."),
        ({"reporter_name": None}, "Cần trả lời câu này."),
    ],
)
def test_impossible_or_missing_answers_are_refused(
    send: Send, changed: dict[str, Any], message: str
) -> None:
    assert message in send(FORM, ORDINARY, **changed).refused


def test_no_meeting_asks_why_and_nothing_of_the_meeting(send: Send) -> None:
    meeting = dict.fromkeys(("meeting_date", "attendance", "attendance_women", "attendance_60plus"))
    sent = send(
        FORM,
        ORDINARY | meeting,
        meeting_held="no",
        no_meeting_reason="other",
        no_meeting_words="Nước lũ",
    )
    assert sent.refused == ()
    assert "attendance" not in sent
    assert "meeting_photo" not in sent
    assert "summary_no_meeting" in sent


def test_a_club_that_is_not_in_the_list_is_written_in_words(send: Send) -> None:
    opening = {"income_opening_cash": 5200, "income_opening_bank": 20000}
    opening |= {"operating_opening_cash": 800, "loans_opening": 0}
    new = {"club": None, "club_in_list": "not_listed", "club_words": "CLB thôn Nà Han"}
    sent = send(FORM, ORDINARY | opening | new, empty_lists=True)
    assert sent.refused == ()
    assert "list_empty" in sent
    assert sent["club_shown"] == "CLB thôn Nà Han"
    assert sent["members_now"] == ""


def test_the_date_of_the_list_is_on_the_first_page(send: Send) -> None:
    assert send(FORM, ORDINARY)["list_date_shown"] == "05/10/2026"


def test_a_month_already_sent_is_told_unless_it_replaces(send: Send) -> None:
    again = SEPTEMBER | {"month": date(2026, 8, 1), "meeting_date": date(2026, 8, 17)}
    again |= {"income_opening_cash": 1000, "operating_opening_cash": 300, "loans_opening": 0}
    assert "month_sent" in send(FORM, again)
    replacing = send(FORM, again, report_kind="replaces")
    assert "month_sent" not in replacing
    assert "summary_replaces" in replacing
    assert replacing.refused == ()


def test_a_meeting_in_another_month_is_a_warning(send: Send) -> None:
    sent = send(FORM, ORDINARY, meeting_date=date(2026, 9, 30))
    assert "meeting_other_month" in sent
    assert sent.refused == ()


def test_more_people_than_members_is_a_warning(send: Send) -> None:
    assert "attendance_many" in send(FORM, ORDINARY, attendance=60)
    assert "attendance_many" not in send(FORM, ORDINARY, attendance=52)


@pytest.mark.parametrize(
    ("now", "refused"),
    [
        (datetime(2026, 10, 31, 23, 30), True),  # half an hour to November in Hanoi
        (datetime(2026, 11, 1, 0, 5), False),  # still October in UTC
    ],
)
def test_months_begin_in_hanoi(send: Send, now: datetime, refused: bool) -> None:
    sent = send(FORM, ORDINARY, today=now, month=date(2026, 11, 1))
    assert ("Tháng này chưa đến, hoặc trước năm 2016." in sent.refused) is refused
