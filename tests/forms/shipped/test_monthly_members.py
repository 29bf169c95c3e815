"""Members who come, go and change, and the quarterly pages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

FORM = "monthly_activity_report"
Send = Callable[..., Any]

QUIET: dict[str, Any] = {
    "province": "20",
    "commune": "06463",
    "club": "06463-01",
    "month": date(2026, 10, 1),
    "reporter_name": "Nguyễn Thị Hoa",
    "reporter_role": "chair",
    "meeting_held": "no",
    "no_meeting_reason": "harvest",
    "digital_lesson": "no",
    "green_lesson": "no",
    "members_changed": "no",
    "income_opening_cash": 0,
    "income_opening_bank": 0,
    "income_closing_cash": 0,
    "loans_opening": 0,
    "loans_open_count": 0,
    "operating_opening_cash": 0,
    "operating_opening_bank": 0,
    "operating_closing_cash": 0,
    "confirmed": True,
}
NEW = {
    "joined_consent": "paper",
    "joined_name": "Trần Văn Bình",
    "joined_sex": "male",
    "joined_birth_year": 1960,
    "joined_household": "near_poor",
    "joined_needs": "yes",
}
CHANGES = QUIET | {"members_changed": "yes"}
UNLISTED = {
    "change_kinds": ["joined_unlisted"],
    "joined_unlisted_total": 3,
    "joined_unlisted_women": 2,
    "joined_unlisted_60plus": 2,
    "joined_unlisted_women_60plus": 1,
}


def test_members_after_joining_and_leaving(send: Send) -> None:
    changes = {
        "change_kinds": ["joined", "joined_unlisted", "left"],
        "joined": [NEW, NEW | {"joined_name": "Lê Thị Lan", "joined_sex": "female"}],
        "joined_unlisted_total": 3,
        "left_member": [
            {"left_code": "06463-01-M001", "left_how": "died", "left_on": date(2026, 10, 9)},
            {"left_words": "Bà Mai, thôn Đoài", "left_how": "moved"},
        ],
    }
    sent = send(FORM, CHANGES | changes)
    assert sent.refused == ()
    assert (sent["members_before"], sent["members_now"]) == ("52", "55")
    assert "members_after" in sent


def test_the_list_of_members_is_the_clubs_own(send: Send) -> None:
    left = [{"left_code": "06463-02-M001", "left_how": "left"}]  # of another club
    assert send(FORM, CHANGES, change_kinds=["left"], left_member=left).refused


def test_who_is_not_in_the_list_is_described(send: Send) -> None:
    changed = [{"changed_household": "poor"}]
    sent = send(FORM, CHANGES, change_kinds=["changed"], changed_member=changed)
    assert sent.refused == ("Cần trả lời câu này.",)  # neither chosen nor described


def test_a_child_needs_the_guardians_consent(send: Send) -> None:
    child = NEW | {"joined_birth_year": 2015}
    changes = CHANGES | {"change_kinds": ["joined"]}
    assert "joined_guardian" in send(FORM, changes, joined=[child])
    guarded = child | {"joined_consent": "guardian_paper"}
    assert "joined_guardian" not in send(FORM, changes, joined=[guarded])
    assert send(FORM, changes, joined=[child])["joined_age"] == "11"


@pytest.mark.parametrize("year", [58, 1905, 2027])
def test_an_impossible_birth_year_is_refused(send: Send, year: int) -> None:
    sent = send(FORM, CHANGES, change_kinds=["joined"], joined=[NEW | {"joined_birth_year": year}])
    assert sent.refused == (
        "Năm sinh phải có bốn chữ số, không quá 120 tuổi và không sau năm nay.",
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"joined_unlisted_women": 4}, "Không thể nhiều hơn số người mới vào không ghi tên."),
        ({"joined_unlisted_60plus": 4}, "Không thể nhiều hơn số người mới vào không ghi tên."),
        (
            {"joined_unlisted_women_60plus": 0},  # 2 women and 2 older people are then 4 of 3
            "Không khớp với số nữ và số người từ 60 tuổi ở trên.",
        ),
        (
            {"joined_unlisted_women_60plus": 3},
            "Không khớp với số nữ và số người từ 60 tuổi ở trên.",
        ),
    ],
)
def test_counts_of_the_unlisted_fit_together(
    send: Send, changed: dict[str, Any], message: str
) -> None:
    assert send(FORM, CHANGES | UNLISTED).refused == ()
    assert message in send(FORM, CHANGES | UNLISTED, **changed).refused


LEFT = {
    "change_kinds": ["left_unlisted"],
    "left_unlisted_total": 3,
    "left_unlisted_women": 2,
    "left_unlisted_60plus": 2,
    "left_unlisted_women_60plus": 1,
}


def test_who_was_never_named_leaves_without_a_name(send: Send) -> None:
    sent = send(FORM, CHANGES | LEFT)
    assert sent.refused == ()
    assert (sent["members_before"], sent["members_now"]) == ("52", "49")
    assert "left_words" not in sent.asked


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"left_unlisted_total": -1}, "Ghi số từ 0 trở lên, không quá 9.999."),
        ({"left_unlisted_women": 4}, "Không thể nhiều hơn số người ra khỏi CLB không ghi tên."),
        ({"left_unlisted_60plus": 4}, "Không thể nhiều hơn số người ra khỏi CLB không ghi tên."),
        (
            {"left_unlisted_women_60plus": 3},
            "Không khớp với số nữ và số người từ 60 tuổi ở trên.",
        ),
    ],
)
def test_counts_of_the_unlisted_who_left_fit_together(
    send: Send, changed: dict[str, Any], message: str
) -> None:
    assert message in send(FORM, CHANGES | LEFT, **changed).refused


def test_consent_is_kept_with_its_day_and_witness(send: Send) -> None:
    changes = CHANGES | {"change_kinds": ["joined"], "joined": [NEW | {"joined_consent": "spoken"}]}
    asked = {"consent_on": date(2026, 10, 17), "consent_witness": "Bà Lan"}
    sent = send(FORM, changes | asked)
    assert sent.refused == ()
    assert (sent["consent_on"], sent["consent_version"]) == ("2026-10-17", "2026-11")
    early = send(FORM, changes | asked, consent_on=date(2026, 11, 1))
    assert early.refused == ("Ngày này chưa đến.",)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_third_month_asks_for_the_quarter(send: Send, month: int) -> None:
    sent = send(FORM, QUIET, month=date(2025, month, 1))
    assert sent["is_quarter"] == ("1" if month in (3, 6, 9, 12) else "0")
    assert ("quarter_areas" in sent.asked) is (month in (3, 6, 9, 12))
    assert sent["previous_month"] == (f"2025-{month - 1:02}" if month > 1 else "2024-12")


QUARTER = QUIET | {"month": date(2026, 9, 1)}


def test_only_the_areas_of_the_quarter_are_asked(send: Send) -> None:
    sent = send(FORM, QUARTER, quarter_areas=["rights"], dialogues=2)
    assert sent.refused == ()
    assert {"rights_sessions", "benefit_people", "dialogues", "proposals_accepted"} <= {*sent.asked}
    assert "iga_participants" not in sent.asked
    assert sent["rights_sessions"] == ""  # left blank: not known, not nought


def test_resources_add_up(send: Send) -> None:
    sources = ["members", "families", "authority", "goods"]
    sums = {f"mobilised_{source}": 1000 * n for n, source in enumerate(sources, 1)}
    sent = send(FORM, QUARTER | sums, mobilised_sources=sources)
    assert sent.refused == ()
    assert sent["mobilised_total"] == "10000"
    assert sent["mobilised_total_in_full"] == "10.000.000 đồng"
    assert "mobilised_charities" not in sent.asked


def test_lessons_cannot_exceed_the_sessions(send: Send) -> None:
    area = {"quarter_areas": ["awareness"], "awareness_sessions": 2}
    for name in ("digital", "green", "policy", "skills", "safety"):
        refused = send(FORM, QUARTER | area, **{f"awareness_{name}": 3}).refused
        assert refused == ("Không thể nhiều hơn số buổi truyền thông.",)


def test_awards_to_a_person_are_some_of_all_awards(send: Send) -> None:
    awards = {"awards_province": 1, "awards_commune": 2, "awards_people": 2}
    sent = send(FORM, QUARTER | awards, awards_names="Bà Lan: bằng khen UBND tỉnh")
    assert sent.refused == ()
    assert "awards_names" not in send(FORM, QUARTER | awards, awards_people=0).asked
    assert "awards_people" not in send(FORM, QUARTER).asked
    more = send(FORM, QUARTER | awards, awards_people=4)
    assert more.refused == ("Không thể nhiều hơn số lần khen thưởng ở trên.",)


def test_a_club_without_a_roster_counts_its_members(send: Send) -> None:
    bands = ("under16", "16_30", "31_54", "55_59", "60_69", "70_79", "80plus")
    counts = {f"count_{sex}_{band}": 4 for sex in ("women", "men") for band in bands}
    classes = {"count_poor": 20, "count_near_poor": 20, "count_disadvantaged": 16}
    classes |= {"count_needs": 9, "count_volunteers": 5}
    sent = send(FORM, QUARTER | counts | classes, roster_kept="no")
    assert sent.refused == ()
    assert sent["count_total"] == "56"
    more = send(FORM, QUARTER | counts | classes, roster_kept="no", count_disadvantaged=17)
    assert more.refused == ("Ba số cộng lại không thể nhiều hơn tổng số thành viên.",)
