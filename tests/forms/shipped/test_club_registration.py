"""A club is founded, changed, rests, splits, merges or closes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

FORM = "club_registration"
Send = Callable[..., Any]

WHO: dict[str, Any] = {
    "province": "20",
    "commune": "06463",
    "reporter_name": "Nguyễn Thị Hoa",
    "reporter_role": "chair",
    "confirmed": True,
}
ROLES = ("chair", "vice_chair", "secretary", "accountant", "treasurer")
BOARD = [
    {
        "board_name": f"Người {number}",
        "board_sex": "female",
        "board_birth_year": 1960 + number,
        "board_role": role,
    }
    for number, role in enumerate(ROLES)
]
FOUNDED = WHO | {
    "action": "register",
    "club_name": "CLB LTHTGN thôn Nà Han",
    "founded_on": date(2026, 9, 1),
    "villages_count": 2,
    "board": BOARD,
    "funds_self_managed": "yes",
}


def member(number: int, sex: str = "female", born: int = 1960, household: str = "poor") -> Any:
    return {
        "member_consent": "paper",
        "member_name": f"Thành viên {number}",
        "member_sex": sex,
        "member_birth_year": born,
        "member_household": household,
        "member_needs": "yes",
    }


def roster(women: int, men: int, **same: Any) -> list[Any]:
    return [
        *(member(number, "female", **same) for number in range(women)),
        *(member(women + number, "male", **same) for number in range(men)),
    ]


SMALL = FOUNDED | {"membership_by": "roster", "member": roster(2, 1)}


def test_a_small_club_is_accepted_with_warnings(send: Send) -> None:
    sent = send(FORM, SMALL)
    assert sent.refused == ()
    assert "warn_size" in sent
    assert sent["norm_size"] == "50–70"
    assert sent["instanceName"] == "CLB LTHTGN thôn Nà Han - Đăng ký CLB"


def test_a_club_within_the_norms_has_no_warning(send: Send) -> None:
    people = [
        *roster(20, 14),  # older and poor: 34 of 52 are 65%
        *(member(90 + n, "female", 1990, "none") for n in range(14)),
        *(member(120 + n, "male", 1990, "none") for n in range(4)),
    ]
    sent = send(FORM, SMALL, member=people)
    assert sent.refused == ()
    assert (sent["members_total"], sent["members_women"]) == ("52", "34")
    assert (sent["members_60plus"], sent["members_women_60plus"]) == ("34", "20")
    assert sent["members_vulnerable"] == "34"
    assert not {"warn_size", "warn_women", "warn_older", "warn_vulnerable"} & {*sent.values}


@pytest.mark.parametrize(("total", "warns"), [(49, True), (50, False), (70, False), (71, True)])
def test_the_size_of_a_club_is_a_norm_not_a_limit(send: Send, total: int, warns: bool) -> None:
    sent = send(FORM, FOUNDED | counts(women_60_69=total))
    assert ("warn_size" in sent) is warns
    assert sent.refused == ()


def counts(**given: int) -> dict[str, Any]:
    bands = ("under16", "16_30", "31_54", "55_59", "60_69", "70_79", "80plus")
    zero = {f"count_{sex}_{band}": 0 for sex in ("women", "men") for band in bands}
    classes = {"count_poor": 0, "count_near_poor": 0, "count_disadvantaged": 0}
    classes |= {"count_needs": 0, "count_volunteers": 0, "membership_by": "counts"}
    return zero | classes | {f"count_{name}": number for name, number in given.items()}


def test_counts_instead_of_a_roster(send: Send) -> None:
    given = counts(women_60_69=20, women_80plus=2, women_31_54=10, men_70_79=5, men_under16=3)
    given |= {"count_poor": 10, "count_near_poor": 5, "count_disadvantaged": 3}
    sent = send(FORM, FOUNDED | given)
    assert sent.refused == ()
    assert (sent["members_total"], sent["members_women"]) == ("40", "32")
    assert (sent["members_60plus"], sent["members_women_60plus"]) == ("27", "22")
    assert (sent["members_vulnerable"], sent["share_vulnerable"]) == ("18", "45")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("count_poor", "Không thể nhiều hơn tổng số thành viên."),
        ("count_near_poor", "Không thể nhiều hơn tổng số thành viên."),
        ("count_disadvantaged", "Ba số cộng lại không thể nhiều hơn tổng số thành viên."),
        ("count_needs", "Không thể nhiều hơn tổng số thành viên."),
        ("count_volunteers", "Không thể nhiều hơn tổng số thành viên."),
    ],
)
def test_no_count_exceeds_the_members(send: Send, name: str, message: str) -> None:
    given = FOUNDED | counts(women_60_69=5)
    assert message in send(FORM, given, **{name: 6}).refused
    assert send(FORM, given, **{name: 5}).refused == ()


UNLISTED = {"unlisted_total": 3, "unlisted_women": 2, "unlisted_60plus": 2}


def test_members_not_listed_by_name_count_in_the_totals(send: Send) -> None:
    sent = send(FORM, SMALL | UNLISTED, unlisted_women_60plus=1)
    assert sent.refused == ()
    assert (sent["members_total"], sent["members_women"]) == ("6", "4")
    assert (sent["members_60plus"], sent["members_women_60plus"]) == ("5", "3")
    assert sent["share_vulnerable"] == "100"  # of those whose household is known


@pytest.mark.parametrize("both", [0, 3])
def test_counts_of_the_unlisted_fit_together(send: Send, both: int) -> None:
    refused = send(FORM, SMALL | UNLISTED, unlisted_women_60plus=both).refused
    assert refused == ("Không khớp với số nữ và số người từ 60 tuổi ở trên.",)


def test_seventy_members_one_by_one(send: Send) -> None:
    sent = send(FORM, SMALL, member=roster(45, 25))
    assert sent.refused == ()
    assert (sent["members_total"], sent["share_women"]) == ("70", "64")


def test_a_member_needs_consent(send: Send) -> None:
    nobody = [member(1) | {"member_consent": None}]
    nobody = [{k: v for k, v in row.items() if v is not None} for row in nobody]
    assert send(FORM, SMALL, member=nobody).refused == ("Cần trả lời câu này.",)


@pytest.mark.parametrize(("born", "older"), [(1966, "1"), (1967, "0")])
def test_sixty_is_the_year_of_the_report_less_the_year_of_birth(
    send: Send, born: int, older: str
) -> None:
    sent = send(FORM, SMALL, member=[member(1, born=born)])
    assert (sent["members_60plus"], sent["members_women_60plus"]) == (older, older)


@pytest.mark.parametrize(("born", "warns"), [(2010, False), (2011, True)])
def test_below_the_age_of_consent_the_guardian_is_asked_for(
    send: Send, born: int, warns: bool
) -> None:
    assert ("member_guardian" in send(FORM, SMALL, member=[member(1, born=born)])) is warns


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"founded_on": date(2026, 11, 1)}, "Ngày thành lập phải từ năm 1980 đến hôm nay."),
        ({"founded_on": date(1979, 12, 31)}, "Ngày thành lập phải từ năm 1980 đến hôm nay."),
        ({"villages_count": 0}, "Ghi số từ 1 đến 99."),
        ({"meeting_day": 32}, "Ghi ngày từ 1 đến 31."),
        ({"board": [BOARD[0] | {"board_phone": "gọi loa"}]}, "Chỉ ghi chữ số, từ 8 đến 16 số."),
        (
            {"board": [BOARD[0] | {"board_birth_year": 1890}]},
            "Năm sinh phải có bốn chữ số, không quá 120 tuổi và không sau năm nay.",
        ),
        (
            {"decision_number": "222/QĐ-UBND", "decision_date": date(2026, 12, 1)},
            "Ngày này chưa đến.",
        ),
        ({"club_name": None}, "Cần trả lời câu này."),
    ],
)
def test_impossible_or_missing_answers_are_refused(
    send: Send, changed: dict[str, Any], message: str
) -> None:
    assert message in send(FORM, SMALL, **changed).refused


@pytest.mark.parametrize(
    ("board", "warnings"),
    [
        (BOARD, set()),
        (BOARD[:4], {"board_norm"}),
        (BOARD[:2], {"board_norm", "board_range"}),
        (BOARD[1:] + BOARD[1:2], {"board_chair"}),
    ],
)
def test_an_unusual_board_is_a_warning(send: Send, board: list[Any], warnings: set[str]) -> None:
    sent = send(FORM, SMALL, board=board)
    assert {"board_norm", "board_range", "board_chair"} & {*sent.values} == warnings
    assert sent.refused == ()


def test_funds_at_the_start_add_up(send: Send) -> None:
    funds = {"income_start_members": 5000, "income_start_state": 30_000}
    sent = send(FORM, SMALL | funds, income_start_other=1_000_000)
    assert sent["income_start_total_in_full"] == "1.035.000.000 đồng"


def test_a_club_already_in_the_list_is_told(send: Send) -> None:
    again = send(FORM, SMALL, club_name="CLB LTHTGN thôn Hoa Mai")
    assert "same_name" in again
    assert again.refused == ()
    assert "same_name" not in send(FORM, SMALL)


def test_registering_works_with_empty_lists(send: Send) -> None:
    sent = send(FORM, SMALL, empty_lists=True)
    assert sent.refused == ()
    assert "village_codes" not in sent.asked


def test_villages_come_from_the_list_or_in_words(send: Send) -> None:
    listed = send(FORM, SMALL, village_codes=["06463-V01", "06463-V02"], villages_count=1)
    assert "villages_differ" in listed
    assert send(FORM, SMALL, villages_words="Nà Han, Nà Pài").refused == ()
