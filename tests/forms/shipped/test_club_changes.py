"""What a registered club reports later: only the change is asked, never the roster again."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

FORM = "club_registration"
Send = Callable[..., Any]

CHANGE: dict[str, Any] = {
    "province": "20",
    "commune": "06463",
    "club": "06463-01",
    "reporter_name": "Nguyễn Thị Hoa",
    "reporter_role": "chair",
    "action_date": date(2026, 10, 1),
    "confirmed": True,
}
PARTS = {
    "place": {"villages_count": 3},
    "name": {"club_name": "CLB LTHTGN thôn Hoa Đào 1", "founded_on": date(2019, 5, 20)},
    "board": {
        "board": [
            {
                "board_name": "Bà Lan",
                "board_sex": "female",
                "board_birth_year": 1961,
                "board_role": "chair",
            }
        ]
    },
    "funds": {"funds_self_managed": "yes", "meeting_day": 21},
}
PAGES = {
    "place": "villages_count",
    "name": "club_name",
    "board": "board_name",
    "funds": "meeting_day",
}


@pytest.mark.parametrize("action", ["suspend", "resume"])
def test_resting_and_resuming_ask_a_date_and_no_more(send: Send, action: str) -> None:
    sent = send(FORM, CHANGE, action=action)
    assert sent.refused == ()
    assert not {"member_name", "board_name", "club_name", "other_clubs"} & {*sent.asked}
    assert sent["record_founded"] == "20/05/2019"


@pytest.mark.parametrize("part", PARTS)
def test_an_update_asks_only_what_changes(send: Send, part: str) -> None:
    sent = send(FORM, CHANGE | PARTS[part], action="update", update_parts=[part])
    assert sent.refused == ()
    assert {name for name in PAGES.values() if name in sent.asked} == {PAGES[part]}
    assert "member_name" not in sent.asked
    assert "income_start_members" not in sent.asked


def test_a_club_without_a_roster_updates_its_counts(send: Send) -> None:
    bands = ("under16", "16_30", "31_54", "55_59", "60_69", "70_79", "80plus")
    counts = {f"count_{sex}_{band}": 4 for sex in ("women", "men") for band in bands}
    classes = dict.fromkeys(("poor", "near_poor", "disadvantaged", "needs", "volunteers"), 5)
    counts |= {f"count_{name}": number for name, number in classes.items()}
    sent = send(FORM, CHANGE | counts, action="update", update_parts=["counts"])
    assert sent.refused == ()
    assert (sent["members_total"], sent["members_60plus"]) == ("56", "24")


@pytest.mark.parametrize("action", ["split", "merge", "close"])
def test_the_end_of_a_club_says_what_happens_to_the_rest(send: Send, action: str) -> None:
    assert send(FORM, CHANGE, action=action).refused == ("Cần trả lời câu này.",)
    rest = {"other_clubs": ["06463-02"], "settlement": "carried_over"}
    sent = send(FORM, CHANGE | rest, action=action)
    assert sent.refused == ()
    own = send(FORM, CHANGE | rest | {"other_clubs": ["06463-01"]}, action=action)
    assert own.refused != ()  # a club does not merge with itself


def test_another_settlement_is_described(send: Send) -> None:
    sent = send(FORM, CHANGE, action="close", settlement="other", settlement_words="Gửi xã giữ")
    assert sent.refused == ()


def test_a_change_in_the_future_is_refused(send: Send) -> None:
    sent = send(FORM, CHANGE, action="suspend", action_date=date(2026, 11, 1))
    assert sent.refused == ("Ngày này chưa đến.",)


def test_a_club_that_is_not_in_the_list_can_change_too(send: Send) -> None:
    words = {"club": None, "club_in_list": "not_listed", "club_words": "CLB thôn Nà Han"}
    sent = send(FORM, CHANGE | words, action="suspend", empty_lists=True)
    assert sent.refused == ()
    assert sent["club_shown"] == "CLB thôn Nà Han"


def test_a_replaced_report_names_its_date(send: Send) -> None:
    sent = send(FORM, CHANGE, action="suspend", report_kind="replaces")
    assert sent.refused == ("Cần trả lời câu này.",)
    dated = {"report_kind": "replaces", "replaced_date": date(2026, 9, 30)}
    assert send(FORM, CHANGE, action="suspend", **dated).refused == ()
