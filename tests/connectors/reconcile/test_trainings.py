"""Trainings by club and board member, the yearly survey, and what inspections recommended."""

import json
from datetime import date

import pytest

from connectors.explain.club import explain_club
from connectors.reconcile.finding import value_mark
from connectors.reconcile.matching.decisions import Decision, keep_decisions
from connectors.store.raw import RawStore

# those looked at here
CHECKS = frozenset(
    {"club_not_registered", "recommendation_overdue", "board_untrained", "board_refresher_missing"}
)
CLUB = "06463-01"


@pytest.fixture
def club(whole):
    board = [{"board_name": name, "board_role": "member", "board_birth_year": 1960}
             for name in ("Lý A", "Vi B")]  # fmt: skip
    whole.receive([whole.club("a", board=board)])
    return whole


def training(programme, root, kind, on, parts=(), **more):
    answers = {"training_kind": kind, "starts_on": on, "ends_on": on, "training_level": "commune",
               "organiser": "association", "place_words": "Nhà văn hóa", "club_part": list(parts),
               **more}  # fmt: skip
    return programme.form("training_record", root, **answers)


def test_a_club_that_a_training_or_a_loan_names_in_words_is_decided_like_any_other(whole):
    whole.receive([whole.club("a", "CLB thôn Khuổi Cạn"), whole.club("b", "CLB Pò Mạ")])
    part = {"part_commune": "06463", "part_club_words": "Thôn Khuổi Cạnn", "part_board_count": 3}
    whole.receive(
        [
            training(whole, "t1", "refresher", "2026-05-04", [part]),
            whole.loan("l", None, "lent", club_words="thôn khuổi cạnn", lent_on="2026-06-01",
                       amount=900, borrower_words="bà Ái"),
        ]
    )  # fmt: skip
    whole.reconcile()
    words = [row for row in whole.rows("candidate") if row["kind"] == "words"]
    [row] = words  # the same words in one commune are asked about once
    assert (row["right_code"], json.loads(row["left_shown"])["times"]) == (CLUB, 2)
    assert whole.column("training_club", "club_code") == [None]
    with RawStore.open(whole.folder.store) as store:
        keep_decisions(store, [Decision("words", row["left_code"], row["right_code"], "same")])
    whole.reconcile()
    assert whole.column("training_club", "club_code") == [CLUB]
    assert whole.column("loan", "club_code") == [CLUB]
    assert whole.found("club_not_registered") == []


@pytest.mark.parametrize(
    ("source", "of", "told"),
    [
        ("kobo", "2026-09-30", {"board_untrained", "board_refresher_missing"}),
        ("import", "2026-09-30", set()),  # what its board learned before is not in the data
        ("import", "2025-09-30", {"board_untrained", "board_refresher_missing"}),
    ],
)
def test_the_board_of_an_imported_club_is_asked_for_trainings_from_then_on(whole, source, of, told):
    others = [whole.club("a"), whole.club("b", "CLB LTHTGN khu Ga", founded_on="2019-06-01")]
    board = [{"board_name": "Lý A", "board_role": "member", "board_birth_year": 1960,
              "board_since": "2025-03-01"}]  # fmt: skip
    taken = whole.club("c", "CLB LTHTGN Bản Mới", board=board, founded_on="2020-01-01",
                       end=f"{of}T00:00:00.000+00:00")  # fmt: skip
    whole.receive(others)
    whole.receive([taken], source=source)
    came = [{"part_club": f"06463-0{at}", "part_board_count": 3} for at in (1, 2)]
    whole.receive([training(whole, "t1", "initial", "2025-02-03", came),
                   training(whole, "t2", "refresher", "2026-04-03", came)])  # fmt: skip
    whole.reconcile()
    found = {row["check_code"] for row in whole.rows("finding") if row["club_code"] == "06463-03"}
    assert found & {"board_untrained", "board_refresher_missing"} == told


def test_who_was_trained_when_and_how(club):
    both = {"part_club": CLUB, "part_board": f"{CLUB}-B01 {CLUB}-B02", "part_board_unlisted": 1,
            "part_board_women": 2}  # fmt: skip
    in_words = {"part_club_words": "clb LTHTGN thôn Nà Pàn", "part_commune": "06463",
                "part_board_count": 3}  # fmt: skip
    club.receive(
        [
            training(club, "t1", "initial", "2025-11-03", [both]),
            training(club, "t2", "refresher", "2026-05-04", [in_words]),
            training(club, "t3", "refresher", "2026-06-04",
                     [{"part_club": CLUB, "part_board": f"{CLUB}-B02"}]),
        ]
    )  # fmt: skip
    club.reconcile()
    assert [(row["kind"], row["year"], row["starts_on"]) for row in club.rows("training")] == [
        ("initial", 2025, date(2025, 11, 3)),
        ("refresher", 2026, date(2026, 5, 4)),
        ("refresher", 2026, date(2026, 6, 4)),
    ]
    assert [
        (row["_root_uuid"], row["club_code"], row["board_count"])
        for row in club.rows("training_club")
    ] == [("t1", CLUB, 3), ("t2", CLUB, 3), ("t3", CLUB, 1)]
    assert [
        (row["board_code"][-3:], row["kind"], row["year"]) for row in club.rows("board_training")
    ] == [("B01", "initial", 2025), ("B02", "initial", 2025), ("B02", "refresher", 2026)]
    told = [each.root_uuid for each in explain_club(club.folder, CLUB).said]
    assert told == ["a", "t1", "t2", "t3"]
    public = club.rows("board_training", identified=False)
    assert {row["board_code"] for row in public} <= {
        row["board_code"] for row in club.rows("board_member", identified=False)
    }


def test_a_replaced_training_and_one_that_two_people_reported_count_once(club):
    first = {"part_club": CLUB, "part_board": f"{CLUB}-B01"}
    second = {"part_club": CLUB, "part_board": f"{CLUB}-B02"}
    club.receive(
        [
            training(club, "t1", "initial", "2025-11-03", [first]),
            training(club, "t2", "initial", "2025-11-05", [second], report_kind="replaces",
                     replaced_date="2025-11-03"),
            training(club, "t3", "refresher", "2026-05-04", end="2026-05-05T08:00:00.000+07:00"),
            training(club, "t4", "refresher", "2026-05-04", end="2026-05-06T08:00:00.000+07:00"),
            training(club, "t5", "refresher", "2026-12-04"),  # not yet
        ]
    )  # fmt: skip
    club.reconcile()
    assert club.column("training", "_root_uuid") == ["t2", "t4"]
    assert [row["board_code"][-1] for row in club.rows("board_training")] == ["2"]


def test_the_survey_is_among_the_submissions(club):
    club.receive([club.form("member_survey", "s", club=CLUB, interview_date="2026-10-03")])
    club.reconcile()
    (row,) = [row for row in club.rows("submission") if row["form"] == "member_survey"]
    assert (row["club_code"], row["event_date"], row["counts"]) == (CLUB, date(2026, 10, 3), True)


def test_recommendations_keep_their_codes_and_are_open_until_they_are_done(programme):
    def advice(what, by):
        return {"recommend_what": what, "recommend_by": by}

    first, second = advice("Ghi sổ quỹ", "2026-06-01"), advice("Bầu thủ quỹ", "2026-07-01")
    programme.receive([programme.club("a")])
    programme.receive([programme.visit("v1", CLUB, "2026-05-05", recommendation=[first, second])])
    programme.reconcile()
    third = advice("Họp hằng tháng", "2026-08-01")
    programme.edit(programme.visit("v1", CLUB, "2026-05-05", recommendation=[third, first, second]))
    follow = [{"follow_action": f"{CLUB}-A002", "follow_state": "done"},
              {"follow_action": f"{CLUB}-A001", "follow_state": "partly"}]  # fmt: skip
    programme.receive([programme.visit("v2", CLUB, "2026-09-05", follow_up=follow)])
    programme.reconcile()
    assert [
        (row["action_code"][-4:], row["what"], row["by_date"], row["state"], row["open"])
        for row in programme.rows("action")
    ] == [
        ("A001", "Ghi sổ quỹ", date(2026, 6, 1), "partly", True),
        ("A002", "Bầu thủ quỹ", date(2026, 7, 1), "done", False),
        ("A003", "Họp hằng tháng", date(2026, 8, 1), "not", True),
    ]
    assert "what" not in programme.rows("action", identified=False)[0]
    programme.reconcile(date(2026, 8, 31))
    assert programme.column("action", "open") == [True, True, True]


def test_overdue_recommendations_of_a_visit_are_one_finding_as_long_as_one_is_left(programme):
    due = {"Ghi sổ quỹ": "2026-06-01", "Bầu thủ quỹ": "2026-07-01", "Họp": "2027-01-01"}
    advice = [{"recommend_what": what, "recommend_by": by} for what, by in due.items()]
    programme.receive([programme.club("a")])
    programme.receive([programme.visit("v1", CLUB, "2026-05-05", recommendation=advice)])
    programme.reconcile()
    (both,) = programme.found("recommendation_overdue")
    assert (both["about"], both["found"]) == (f"{CLUB}-A001", f"{CLUB}-A001, {CLUB}-A002")
    assert both["message_vi"] == (
        f"CLB LTHTGN thôn Nà Pàn ({CLUB}), lần kiểm tra ngày 05/05/2026: số kiến nghị quá hạn mà "
        f"chưa ghi là đã xong: 2 – {CLUB}-A001, {CLUB}-A002; sớm nhất phải xong trước ngày "
        "01/06/2026."
    )
    assert "recommendations overdue and not said to be done: 2 –" in both["message_en"]
    follow = [{"follow_action": f"{CLUB}-A001", "follow_state": "done"}]
    programme.receive([programme.visit("v2", CLUB, "2026-09-05", follow_up=follow)])
    programme.reconcile()
    (left,) = programme.found("recommendation_overdue")
    assert (left["finding_id"], left["found"]) == (both["finding_id"], f"{CLUB}-A002")
    assert value_mark(left) != value_mark(both)  # what was waived before is shown again
    follow = [{"follow_action": f"{CLUB}-A002", "follow_state": "done"}]
    programme.receive([programme.visit("v3", CLUB, "2026-10-05", follow_up=follow)])
    programme.reconcile()
    assert programme.found("recommendation_overdue") == []
