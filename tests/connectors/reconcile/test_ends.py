"""Clubs that merge, split or close: where members, loans and balances go."""

from datetime import date

import pytest

CHECKS = frozenset({"balance_left_behind"})  # those looked at here
OLD, NEIGHBOUR, LATER = "06463-01", "06463-02", "06463-03"
ENDED = date(2026, 9, 15)


def person(name, born=1955):
    return {"member_name": name, "member_sex": "female", "member_birth_year": born}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, schemas, fresh):
    """Two clubs; the first has two members, three without a name, a loan of 500,000 and a fund."""
    programme = fresh(tmp_path_factory.mktemp("ends") / "programme", schemas)
    programme.receive(
        [
            programme.club("a", "CLB Nà Pàn", founded_on="2018-01-01", unlisted_total=3,
                           unlisted_women=2, member=[person("Nông Thị Ái"), person("Lý Thị Bích")]),
            programme.club("b", "CLB Nà Lốc", founded_on="2019-01-01", unlisted_total=10,
                           member=[person("Hứa Thị Cúc")]),
            programme.month("m1", OLD, "2026-08", income_closing_cash=700),
            programme.loan("l1", OLD, "lent", borrower=f"{OLD}-M001", amount=900,
                           lent_on="2026-01-05", term_months=6),
            programme.loan("r1", OLD, "repaid", loan=f"{OLD}-L001", principal=400,
                           repaid_on="2026-02-01"),
        ]
    )  # fmt: skip
    programme.reconcile()
    return programme


@pytest.fixture
def clubs(prepared, copied, tmp_path):
    return copied(prepared, tmp_path / "clubs")


def end(programme, action, root="x", club=OLD, on=ENDED, **more):
    answers = {"action_date": on.isoformat(), **more}
    programme.receive(
        [programme.form("club_registration", root, action=action, club=club, **answers)]
    )


def members(programme):
    return {
        row["member_code"]: (row["club_code"], row["left_on"], row["left_how"])
        for row in programme.rows("member")
    }


def unnamed(programme):
    rows = sorted(programme.rows("member_unlisted"), key=lambda row: row["on_date"])
    return {row["club_code"]: row["total"] for row in rows}


def test_a_club_that_merges_into_a_neighbour_hands_everything_on(clubs):
    end(clubs, "merge", other_clubs=NEIGHBOUR, settlement="carried_over")
    clubs.receive([clubs.loan("r2", NEIGHBOUR, "repaid", loan=f"{OLD}-L001", principal=200,
                              repaid_on="2026-10-01")])  # fmt: skip
    clubs.reconcile(date(2026, 9, 14))
    assert clubs.column("club", "status") == ["active", "active"]
    assert members(clubs)[f"{OLD}-M001"] == (OLD, None, None)
    clubs.reconcile()
    assert clubs.column("club", "status") == ["merged", "active"]
    # codes stay, clubs do not
    assert members(clubs) == {
        f"{OLD}-M001": (NEIGHBOUR, None, None),
        f"{OLD}-M002": (NEIGHBOUR, None, None),
        f"{NEIGHBOUR}-M001": (NEIGHBOUR, None, None),
    }
    assert unnamed(clubs) == {OLD: 0, NEIGHBOUR: 13}
    (loan,) = clubs.rows("loan")
    assert (loan["club_code"], loan["lent_by"], loan["outstanding"], loan["ended_on"]) == (
        NEIGHBOUR, OLD, 300_000, None
    )  # fmt: skip
    (settled,) = clubs.rows("club_settlement")
    assert {name: settled[name] for name in ("heir", "members", "members_moved", "loans_moved",
            "loans_outstanding", "balances_month", "income_closing_cash")} == {
        "heir": NEIGHBOUR, "members": 2, "members_moved": 2, "loans_moved": 1,
        "loans_outstanding": 300_000, "balances_month": "2026-08", "income_closing_cash": 700_000,
    }  # fmt: skip


def heirs_reports(programme, **first):
    """Let the neighbour report for the month of the end and the one after."""
    programme.receive(
        [programme.month("m8", NEIGHBOUR, "2026-08", income_closing_cash=2000),
         programme.month("n9", NEIGHBOUR, "2026-09", income_opening_cash=2000,
                         income_in_contributions=50, income_in_interest=900, **first),
         programme.month("n10", NEIGHBOUR, "2026-10", income_in_contributions=50)]
    )  # fmt: skip


def test_balances_that_nobody_booked_are_asked_about(clubs):
    end(clubs, "merge", other_clubs=NEIGHBOUR, settlement="carried_over")
    clubs.reconcile()
    assert clubs.found("balance_left_behind") == []  # nobody has reported since
    heirs_reports(clubs)
    clubs.reconcile()
    (found,) = clubs.found("balance_left_behind")
    assert (found["club_code"], found["month"], found["_root_uuid"]) == (OLD, "2026-08", "x")
    assert (found["expected"], found["found"]) == ("700000", "100000")
    assert found["message_vi"] == (
        f"CLB Nà Pàn ({OLD}) ngừng hoạt động ngày 15/09/2026; báo cáo cuối (tháng 08/2026) còn "
        "700.000 đồng, ghi là chuyển sang câu lạc bộ khác. Từ tháng ngừng đến 3 tháng sau, nơi "
        f"nhận ({NEIGHBOUR}) ghi thu tất cả 100.000 đồng, không kể lãi và gốc thu hồi."
    )
    assert "had 700,000 VND, which were to be carried over" in found["message_en"]


@pytest.mark.parametrize(
    "first",
    [
        {"income_in_other": 700},  # booked as it should be
        {"operating_opening_cash": 650},  # it is simply there
        {"operating_in_grants": 600},  # it may be that money
    ],
)
def test_balances_that_may_have_been_booked_are_left_alone(clubs, first):
    end(clubs, "merge", other_clubs=NEIGHBOUR, settlement="carried_over")
    heirs_reports(clubs, **first)
    clubs.reconcile()
    assert clubs.found("balance_left_behind") == []


@pytest.mark.parametrize(
    "ending",
    [
        {"settlement": "returned"},
        {"settlement": "carried_over", "on": date(2026, 10, 15)},  # the last report is too old
    ],
)
def test_balances_of_which_nothing_is_known_are_left_alone(clubs, ending):
    end(clubs, "merge", other_clubs=NEIGHBOUR, **ending)
    heirs_reports(clubs)
    clubs.reconcile()
    assert clubs.found("balance_left_behind") == []


def test_a_club_that_closes_and_returns_what_it_has_keeps_nobody(clubs):
    end(clubs, "close", settlement="returned")
    clubs.reconcile()
    assert members(clubs)[f"{OLD}-M001"] == (OLD, ENDED, "club_ended")
    assert unnamed(clubs) == {OLD: 0, NEIGHBOUR: 10}
    (loan,) = clubs.rows("loan")
    assert (loan["club_code"], loan["ended_on"], loan["ended_how"]) == (OLD, ENDED, "club_ended")
    clubs.receive([clubs.form("club_registration", "y", action="resume", club=OLD,
                              action_date="2026-10-20")])  # fmt: skip
    clubs.reconcile()
    assert members(clubs)[f"{OLD}-M001"] == (OLD, None, None)
    assert clubs.rows("club_settlement") == []


def test_members_whom_the_successor_lists_by_name_have_moved_there(clubs):
    end(clubs, "split", other_clubs=NEIGHBOUR, settlement="carried_over")
    clubs.receive(
        [clubs.club("c", "CLB Bản Chu", founded_on="2026-09-15", founded_from="split",
                    other_clubs=OLD, member=[person("Nông Thị Ái"), person("Vi Thị Dung")])]
    )  # fmt: skip
    clubs.reconcile()
    assert members(clubs) == {
        f"{OLD}-M001": (OLD, ENDED, "moved"),
        f"{OLD}-M002": (OLD, ENDED, "moved"),  # nobody says where
        f"{NEIGHBOUR}-M001": (NEIGHBOUR, None, None),
        f"{LATER}-M001": (LATER, None, None),
        f"{LATER}-M002": (LATER, None, None),
    }
    assert clubs.column("member", "moved_to")[:2] == [f"{LATER}-M001", None]
    (loan,) = clubs.rows("loan")
    assert loan["club_code"] == LATER  # where its borrower went
    (settled,) = clubs.rows("club_settlement")
    assert (settled["successors"], settled["heir"]) == ([NEIGHBOUR, LATER], None)


def test_a_new_club_that_counts_its_members_itself_takes_over_loans_only(clubs):
    end(clubs, "merge", settlement="carried_over")
    clubs.receive([clubs.club("c", "CLB Bản Chu", founded_on="2026-09-15", founded_from="merge",
                              other_clubs=OLD, unlisted_total=40)])  # fmt: skip
    clubs.reconcile()
    assert members(clubs)[f"{OLD}-M001"] == (OLD, ENDED, "moved")
    assert unnamed(clubs) == {OLD: 0, NEIGHBOUR: 10, LATER: 40}
    assert clubs.column("loan", "club_code") == [LATER]


def test_ends_one_after_the_other_and_clubs_that_name_each_other(clubs):
    end(clubs, "merge", other_clubs=NEIGHBOUR, settlement="carried_over")
    clubs.receive([clubs.club("c", "CLB Bản Chu", founded_on="2020-01-01")])
    clubs.reconcile()
    end(clubs, "merge", "y", NEIGHBOUR, date(2026, 10, 1), other_clubs=LATER,
        settlement="carried_over")  # fmt: skip
    clubs.reconcile()
    assert {club for club, _, _ in members(clubs).values()} == {LATER}
    assert clubs.column("loan", "club_code") == [LATER]
    end(clubs, "merge", "z", LATER, date(2026, 10, 5), other_clubs=NEIGHBOUR,
        settlement="carried_over")  # fmt: skip
    clubs.reconcile()
    assert len(members(clubs)) == 3
    assert all(left is not None for _, left, _ in members(clubs).values())
