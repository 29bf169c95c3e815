"""The score of an inspection: points, weights, grade, critical failings, up to standard."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

FORM = "inspection_checklist"
Send = Callable[..., Any]
AREAS = "income health home_care self_help rights awareness culture resources".split()
STATES = [f"state_{area}" for area in (*AREAS, "digital", "green")]

BEST: dict[str, Any] = {
    "province": "20",
    "commune": "06463",
    "club": "06463-01",
    "team_level": "province",
    "team_names": "Đoàn kiểm tra Hội NCT tỉnh",
    "reporter_name": "Hoàng Văn Nam",
    "reporter_role": "leader",
    "visit_date": date(2026, 10, 10),
    "found_members": 52,
    "found_cash": 5200,
    "books_kept": ["members", "minutes", "income_fund", "loans", "donations"],
    "loans_sampled": "no",
    **dict.fromkeys(STATES, "done"),
    "composition": "ok",
    "meetings_12m": 12,
    "board_count": 5,
    "board_trained_initial": 5,
    "board_trained_refresher": 5,
    "volunteers_count": 5,
    "fund_50m": "yes",
    "run_by_rules": "yes",
    "yearly_plan": "yes",
    "has_follow_up": "no",
    "has_recommendation": "no",
    "confirmed": True,
}
WORST = BEST | {
    "books_kept": None,
    **dict.fromkeys(STATES, "not"),
    "composition": "no",
    "meetings_12m": 0,
    "board_trained_initial": 0,
    "board_trained_refresher": 0,
    "volunteers_count": 0,
    "fund_50m": "no",
    "run_by_rules": "no",
    "yearly_plan": "no",
}


def test_a_club_that_does_everything_has_100_points(send: Send) -> None:
    sent = send(FORM, BEST)
    assert sent.refused == ()
    assert (sent["score"], sent["grade"], sent["up_to_standard"]) == ("100", "very_strong", "yes")
    assert sent["ruleset"] == "2026-11"
    assert "not_official" in sent


def test_a_club_that_does_nothing_has_none(send: Send) -> None:
    sent = send(FORM, WORST)
    assert sent.refused == ()
    assert (sent["score"], sent["grade"], sent["up_to_standard"]) == ("0", "weak", "no")


@pytest.mark.parametrize(
    ("changed", "section", "points"),
    [
        ({"state_green": "partly"}, "areas", "33.3"),  # 9.5 of 10 items, 35 points
        ({"composition": "partly"}, "composition", "5"),
        ({"meetings_12m": 11}, "meetings", "13.8"),
        ({"board_trained_refresher": 3}, "board", "8"),
        (
            {"board_count": 0, "board_trained_initial": 0, "board_trained_refresher": 0},
            "board",
            "0",
        ),
        ({"fund_50m": "no"}, "fund", "0"),
        ({"books_kept": ["members", "loans"]}, "books", "4"),
        ({"volunteers_count": 3}, "volunteers", "3"),
        ({"volunteers_count": 30}, "volunteers", "5"),
        ({"run_by_rules": "partly"}, "rules", "2.5"),
        ({"yearly_plan": "no"}, "plan", "0"),
    ],
)
def test_each_section_has_its_weight(
    send: Send, changed: dict[str, Any], section: str, points: str
) -> None:
    sent = send(FORM, BEST, **changed)
    assert sent[f"points_{section}"] == points
    full = send(FORM, BEST)[f"points_{section}"]
    assert float(sent["score"]) == pytest.approx(100 - float(full) + float(points))


@pytest.mark.parametrize(
    ("lost", "score", "grade"),
    [
        ({"meetings_12m": 0}, "85", "very_strong"),
        ({"meetings_12m": 0, "state_green": "partly"}, "83.3", "strong"),
        ({"meetings_12m": 0, "composition": "no", "yearly_plan": "no"}, "70", "strong"),
        (
            {"meetings_12m": 0, "composition": "no", "volunteers_count": 4, "yearly_plan": "no"},
            "69",
            "average",
        ),
        (
            {
                "meetings_12m": 0,
                "composition": "no",
                "books_kept": None,
                "yearly_plan": "no",
                "board_trained_initial": 0,
                "board_trained_refresher": 0,
            },
            "50",
            "average",
        ),
        (
            {
                "meetings_12m": 0,
                "composition": "no",
                "books_kept": None,
                "yearly_plan": "no",
                "board_trained_initial": 0,
                "board_trained_refresher": 0,
                "volunteers_count": 4,
            },
            "49",
            "weak",
        ),
    ],
)
def test_grades_begin_at_their_thresholds(
    send: Send, lost: dict[str, Any], score: str, grade: str
) -> None:
    sent = send(FORM, BEST | lost)
    assert (sent["score"], sent["grade"]) == (score, grade)
    assert f"grade_note_{grade}" in sent


@pytest.mark.parametrize("failing", ["money_missing", "no_books", "no_meetings", "rules_broken"])
def test_a_critical_failing_caps_the_grade(send: Send, failing: str) -> None:
    sent = send(FORM, BEST, critical_failing=[failing])
    assert (sent["score"], sent["grade"], sent["up_to_standard"]) == ("100", "average", "no")
    assert "grade_capped" in sent


def test_a_critical_failing_never_lifts_a_grade(send: Send) -> None:
    sent = send(FORM, WORST, critical_failing=["no_books"])
    assert sent["grade"] == "weak"
    assert "grade_capped" not in sent


def test_one_area_not_done_is_not_up_to_standard(send: Send) -> None:
    assert send(FORM, BEST, state_rights="partly")["up_to_standard"] == "yes"
    assert send(FORM, BEST, state_rights="not")["up_to_standard"] == "no"
    assert send(FORM, BEST, state_green="not")["up_to_standard"] == "yes"  # not one of the 8


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"visit_date": date(2026, 11, 1)}, "Ngày kiểm tra phải từ năm 2016 đến hôm nay."),
        ({"meetings_12m": 13}, "Ghi số từ 0 đến 12."),
        ({"board_trained_initial": 6}, "Không thể nhiều hơn số người trong Ban Chủ nhiệm."),
        ({"board_trained_refresher": 6}, "Không thể nhiều hơn số người trong Ban Chủ nhiệm."),
        ({"board_count": 51}, "Ghi số từ 0 đến 50."),
        ({"found_members": -1}, "Ghi số từ 0 trở lên, không quá 9.999."),
        ({"state_income": None}, "Cần trả lời câu này."),
    ],
)
def test_impossible_or_missing_answers_are_refused(
    send: Send, changed: dict[str, Any], message: str
) -> None:
    assert message in send(FORM, BEST, **changed).refused


def test_found_beside_on_record(send: Send) -> None:
    same = send(FORM, BEST)
    assert (same["record_members"], same["record_cash"]) == ("52", "5200")
    assert "found_members_differ" not in same
    assert "found_cash_differ" not in same
    other = send(FORM, BEST, found_members=50, found_cash=4000)
    assert "found_members_differ" in other
    assert other["found_cash_differ"] == "-1.200.000 đồng"
    assert send(FORM, BEST, found_cash=5201)["found_cash_differ"] == "1.000 đồng"


def test_the_last_grade_is_told_in_words(send: Send) -> None:
    assert "record_grade_strong" in send(FORM, BEST)
    assert "record_grade_weak" not in send(FORM, BEST)


def test_samples_follow_ups_and_recommendations(send: Send) -> None:
    more = {
        "loans_sampled": "yes",
        "loan_sample": [
            {"sample_loan": "06463-01-L001", "sample_confirmed": "yes"},
            {"sample_words": "Ông Bình, tháng 3", "sample_confirmed": "partly"},
        ],
        "has_follow_up": "yes",
        "follow_up": [{"follow_action": "06463-01-A01", "follow_state": "done"}],
        "has_recommendation": "yes",
        "recommendation": [{"recommend_what": "Họp đều", "recommend_by": date(2026, 12, 31)}],
    }
    sent = send(FORM, BEST | more)
    assert sent.refused == ()
    assert sent.values["sample_confirmed"] == ["yes", "partly"]
    early = [{"recommend_what": "Họp đều", "recommend_by": date(2026, 10, 9)}]
    refused = send(FORM, BEST | more, recommendation=early).refused
    assert refused == ("Hạn phải từ ngày kiểm tra trở đi.",)


def test_the_record_shows_both_funds_and_what_was_recommended(send: Send) -> None:
    sent = send(FORM, BEST)
    assert sent["record_operating_cash_in_full"] == "800.000 đồng"
    assert sent["record_operating_bank_in_full"] == "0 đồng"
    assert (sent["record_actions"], sent["record_actions_words"]) == ("1", "Lập sổ vay vốn")
    other = send(FORM, BEST, club="06463-02")  # nothing open, and no bank account
    assert (other["record_actions"], other["record_actions_words"]) == ("0", "")
    assert not {"record_actions_note", "record_operating_bank_in_full"} & {*other.values}


def test_a_recommendation_that_the_phone_does_not_list_is_followed_up_in_words(send: Send) -> None:
    unlisted = {"club": None, "club_in_list": "not_listed", "club_words": "CLB thôn Nà Han"}
    done = [{"follow_words": "Họp đều hằng tháng", "follow_state": "partly"}]
    follow = {"has_follow_up": "yes", "follow_up": done}
    sent = send(FORM, BEST | unlisted | follow, empty_lists=True)
    assert sent.refused == ()
    assert sent["follow_words"] == "Họp đều hằng tháng"
    assert "record_actions_note" not in sent
