from datetime import date

import pytest

CHECKS = frozenset({"month_reported_twice", "month_missing", "sum_differs"})  # those looked at here
LATER = "2026-09-29T09:00:00.000+07:00"
EARLIER = "2026-09-01T09:00:00.000+07:00"


@pytest.fixture
def club(programme):
    programme.receive([programme.club("a", founded_on="2019-05-01")])
    return "06463-01"  # the code it will get


@pytest.mark.parametrize("swap", [False, True])
def test_of_two_plain_reports_the_one_finished_later_counts_and_is_found(programme, club, swap):
    reports = [
        programme.month("m1", club, "2026-09", attendance=40, meeting_held="yes"),
        programme.month("m2", club, "2026-09", attendance=44, meeting_held="yes", end=LATER),
    ]
    programme.receive(reversed(reports) if swap else reports)
    programme.reconcile()
    (month,) = programme.rows("club_month")
    assert (month["month"], month["attendance"], month["reports"]) == ("2026-09", 44, 2)
    (found,) = programme.found("month_reported_twice")
    assert (found["_root_uuid"], found["question"]) == ("m2", "attendance")
    assert "«Số người dự họp»" in found["message_vi"]
    assert "“People at the meeting”" in found["message_en"]


def test_two_reports_differ_in_what_was_answered_not_in_what_the_form_calculates(programme, club):
    programme.receive(
        programme.month(f"m{cash}", club, "2026-09", income_closing_cash=cash,
                        income_fund_total=cash, income_expected_closing=cash + 1)
        for cash in (40, 50)
    )  # fmt: skip
    programme.reconcile()
    (found,) = programme.found("month_reported_twice")
    assert found["question"] == "income_closing_cash"
    assert found["message_vi"].endswith("báo cáo trước: 1 – «Tiền mặt đếm được cuối tháng».")
    assert found["message_vi"].startswith("CLB LTHTGN thôn Nà Pàn (06463-01) gửi thêm")


@pytest.mark.parametrize("end", [EARLIER, LATER])
def test_a_replacement_wins_whatever_the_clock_said_and_is_no_finding(programme, club, end):
    programme.receive(
        [
            programme.month("m1", club, "2026-09", attendance=40),
            programme.month("m2", club, "2026-09", attendance=44, report_kind="replaces", end=end),
        ]
    )
    programme.reconcile()
    assert programme.column("club_month", "attendance") == [44]
    assert programme.found("month_reported_twice") == []


def test_equal_ends_are_decided_by_root_uuid(programme, club):
    programme.receive(
        programme.month(root, club, "2026-09", attendance=number)
        for number, root in enumerate("cab")
    )
    programme.reconcile()
    assert programme.column("club_month", "_root_uuid") == ["c"]
    assert [row["_root_uuid"] for row in programme.found("month_reported_twice")] == ["b", "c"]


def test_personal_answers_are_not_in_the_register_sensitive_and_plain_ones_are(programme, club):
    programme.receive(
        [
            programme.month(
                "m1", club, "2026-09", difficulty="bà Lan ốm", attendance=40, count_poor=3
            )
        ]
    )
    programme.reconcile()
    for identified in (True, False):
        (month,) = programme.rows("club_month", identified)
        assert "difficulty" not in month
        assert (month["attendance"], month["count_poor"]) == (40, 3)


def test_a_month_is_expected_from_when_reporting_began_until_the_club_stops(programme, club):
    programme.receive([programme.club("b", "CLB Nà Lốc", founded_on="2026-08-10")])
    programme.reconcile()
    assert programme.rows("club_month_expected") == []
    stop = {"action": "suspend", "action_date": "2026-09-10"}
    programme.receive(
        [
            programme.month("m1", club, "2026-07"),
            programme.form("club_registration", "s", club=club, **stop),
        ]
    )
    programme.reconcile()
    assert [
        (row["club_code"], row["month"], row["expected"], row["reported"])
        for row in programme.rows("club_month_expected")
    ] == [
        ("06463-01", "2026-07", True, True),
        ("06463-01", "2026-08", True, False),
        ("06463-01", "2026-09", False, False),
        ("06463-01", "2026-10", False, False),
        ("06463-02", "2026-09", True, False),
        ("06463-02", "2026-10", True, False),
    ]
    found = [(row["club_code"], row["month"]) for row in programme.found("month_missing")]
    # October is not due on 31 October
    assert found == [("06463-01", "2026-08"), ("06463-02", "2026-09")]
    programme.reconcile(date(2026, 10, 9))
    found = [(row["club_code"], row["month"]) for row in programme.found("month_missing")]
    assert found == [("06463-01", "2026-08")]


def test_reports_of_later_months_do_not_count_yet(programme, club):
    programme.receive(
        [programme.month("m1", club, "2026-09"), programme.month("m2", club, "2026-10")]
    )
    programme.reconcile(date(2026, 9, 30))
    assert programme.column("club_month", "month") == ["2026-09"]
    programme.reconcile(date(2026, 10, 1))
    assert programme.column("club_month", "month") == ["2026-09", "2026-10"]


def test_one_mistyped_month_does_not_move_the_beginning(programme):
    programme.receive(programme.club(f"c{n}", f"CLB số {n}") for n in range(20))
    programme.reconcile()
    codes = programme.column("club", "club_code")
    programme.receive(
        [programme.month(f"m{code}", code, "2026-09") for code in codes]
        + [programme.month("slip", codes[0], "2025-09")]
    )
    programme.reconcile()
    assert set(programme.column("club_month_expected", "month")) == {"2026-09", "2026-10"}


def test_a_club_taken_over_from_paper_reports_from_the_month_after_its_data(programme, club):
    programme.receive(programme.month(f"m{at}", club, f"2026-0{at}") for at in (6, 7, 8))
    taken_over = {"name": "CLB LTHTGN khu Ga", "end": "2026-08-31T00:00:00.000+00:00"}
    programme.receive([programme.club("b", **taken_over)], source="import")
    programme.reconcile()
    other = [row for row in programme.rows("club_month_expected") if row["club_code"] != club]
    assert [row["month"] for row in other] == ["2026-09", "2026-10"]
    [code] = {row["club_code"] for row in other}
    programme.receive([programme.month("n7", code, "2026-07")])  # it had begun by itself
    programme.reconcile()
    months = [r["month"] for r in programme.rows("club_month_expected") if r["club_code"] == code]
    assert months == ["2026-07", "2026-08", "2026-09", "2026-10"]


def test_a_sum_that_the_form_calculates_is_called_by_words(programme, club):
    programme.receive([programme.month("m", club, "2026-09", loans_opening=10,
                                       loans_outstanding=99)])  # fmt: skip
    programme.reconcile()
    (found,) = programme.found("sum_differs")
    assert "«Dư nợ cho vay» là 99.000" in found["message_vi"]
    assert "“Loans outstanding” is 99,000" in found["message_en"]
