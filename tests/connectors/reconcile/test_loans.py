from datetime import date

import pytest

# those looked at here
CHECKS = frozenset({"loan_not_recorded", "loan_overpaid", "club_never_inspected"})


@pytest.fixture
def club(programme):
    member = {"member_name": "Nông Thị Ái", "member_sex": "female", "member_birth_year": 1955,
              "member_needs": "yes"}  # fmt: skip
    programme.receive([programme.club("a", member=[member])])
    return "06463-01"  # the code it will get


def lent(programme, club, root, on, amount=5000, **more):
    answers = {"loan_kind": "money", "amount": amount, "lent_on": on, "term_months": 6,
               "borrower": f"{club}-M001", **more}  # fmt: skip
    return programme.loan(root, club, "lent", **answers)


def test_loans_are_numbered_by_day_and_due_after_their_term(programme, club):
    programme.receive(
        [
            lent(programme, club, "l2", "2026-02-28", amount=3000),
            lent(programme, club, "l1", "2026-01-31"),
            lent(programme, club, "l3", "2026-03-01", due_on="2026-04-01", borrower="Ai đó"),
        ]
    )
    programme.reconcile()
    assert [
        (row["loan_code"], row["principal"], row["due_on"], row["borrower_in_need"])
        for row in programme.rows("loan")
    ] == [
        ("06463-01-L001", 5_000_000, date(2026, 7, 31), True),
        ("06463-01-L002", 3_000_000, date(2026, 8, 28), True),
        ("06463-01-L003", 5_000_000, date(2026, 4, 1), None),
    ]


def test_repayments_find_their_loan_by_number_or_by_the_only_loan_of_that_day(programme, club):
    programme.receive(
        [lent(programme, club, f"l{day}", f"2026-01-0{day}") for day in (1, 2, 3)]
        + [lent(programme, club, "l3b", "2026-01-03")]
    )
    programme.reconcile()
    repaid = {"principal": 1000, "interest": 50, "repaid_on": "2026-03-01"}
    programme.receive(
        [
            programme.loan("r1", club, "repaid", loan=f"{club}-L001", **repaid),
            programme.loan("r2", club, "repaid", loan_words="bà Ái", loan_lent_on="2026-01-02",
                           **repaid),
            programme.loan("r3", club, "repaid", loan_words="?", loan_lent_on="2026-01-03",
                           **repaid),
            programme.loan("r4", club, "repaid", loan="06463-09-L001", **repaid),
        ]
    )  # fmt: skip
    programme.reconcile()
    events = [row for row in programme.rows("loan_event") if row["event"] == "repaid"]
    assert [(row["loan_code"][-4:], row["principal"], row["interest"]) for row in events] == [
        ("L001", 1_000_000, 50_000), ("L002", 1_000_000, 50_000)
    ]  # fmt: skip
    assert [row["_root_uuid"] for row in programme.found("loan_not_recorded")] == ["r3", "r4"]


REPAID = [
    ([("2026-02-01", 3000), ("2026-03-01", 2000)], []),
    ([("2026-02-01", 3000), ("2026-03-01", 2001)], []),  # a thousand đồng is rounding
    ([("2026-02-01", 3000), ("2026-03-01", 2500)], [(1, "2000000", "2500000")]),
    ([("2026-03-01", 3000), ("2026-02-01", 2500)], [(0, "2500000", "3000000")]),
    ([("2026-02-01", 6000), ("2026-03-01", 1000)],
     [(0, "5000000", "6000000"), (1, "0", "1000000")]),
]  # fmt: skip


def test_a_repayment_above_what_is_outstanding_is_found(programme, club):
    wanted = []
    for loan, (parts, found) in enumerate(REPAID, 1):
        programme.receive([lent(programme, club, f"l{loan}", f"2026-01-0{loan}")])
        programme.receive(
            programme.loan(f"r{loan}{number}", club, "repaid", loan=f"{club}-L00{loan}",
                           repaid_on=day, principal=amount)
            for number, (day, amount) in enumerate(parts)
        )  # fmt: skip
        wanted += [(f"r{loan}{number}", *amounts) for number, *amounts in found]
    programme.reconcile()
    rows = programme.found("loan_overpaid")
    assert sorted((row["_root_uuid"], row["expected"], row["found"]) for row in rows) == wanted


def test_a_replaced_loan_keeps_its_number_and_a_replaced_repayment_is_gone(programme, club):
    programme.receive([lent(programme, club, "l1", "2026-01-01")])
    programme.reconcile()
    programme.receive(
        [
            lent(programme, club, "l2", "2026-01-02", amount=4000, report_kind="replaces",
                 replaced_date="2026-01-01"),
            programme.loan("r1", club, "repaid", loan=f"{club}-L001", principal=9000,
                           repaid_on="2026-02-01"),
            programme.loan("r2", club, "repaid", loan=f"{club}-L001", principal=900,
                           repaid_on="2026-02-03", report_kind="replaces",
                           replaced_date="2026-02-01"),
        ]
    )  # fmt: skip
    programme.reconcile()
    assert [(row["loan_code"], row["principal"], row["_root_uuid"])
            for row in programme.rows("loan")] == [(f"{club}-L001", 4_000_000, "l2")]  # fmt: skip
    assert [row["principal"] for row in programme.rows("loan_event")] == [4_000_000, 900_000]
    assert programme.found("loan_overpaid") == []


def test_write_offs_and_new_due_dates_are_events_up_to_the_cut_off_date(programme, club):
    loan = f"{club}-L001"
    programme.receive(
        [
            lent(programme, club, "l1", "2026-01-01"),
            programme.loan("s1", club, "rescheduled", loan=loan, rescheduled_on="2026-07-01",
                           new_due_on="2026-12-01"),
            programme.loan("w1", club, "written_off", loan=loan, written_off_on="2026-09-01",
                           written_off_amount=5000),
        ]
    )  # fmt: skip
    programme.reconcile()
    assert [(row["event"], row["principal"], row["new_due_on"])
            for row in programme.rows("loan_event")] == [
        ("lent", 5_000_000, None),
        ("rescheduled", None, date(2026, 12, 1)),
        ("written_off", 5_000_000, None),
    ]  # fmt: skip
    programme.reconcile(date(2026, 8, 31))
    assert programme.column("loan_event", "event") == ["lent", "rescheduled"]


def test_visits_replacements_and_repeated_reports_of_one_visit(programme, club):
    programme.receive(
        [
            programme.visit("v1", club, "2026-03-01", score="70.25", up_to_standard="no"),
            programme.visit("v2", club, "2026-03-01", score="72", up_to_standard="yes",
                            end="2026-11-01T10:00:00.000+07:00"),
            programme.visit("v3", club, "2026-05-01", score="50", grade="weak"),
            programme.visit("v4", club, "2026-05-02", score="80", grade="strong",
                            report_kind="replaces", replaced_date="2026-05-01"),
            programme.visit("v5", club, "2026-12-01", score="1"),
        ]
    )  # fmt: skip
    programme.reconcile()
    assert [
        (row["_root_uuid"], float(row["score"]), row["up_to_standard"], row["level"])
        for row in programme.rows("inspection")
    ] == [("v2", 72.0, True, "commune"), ("v4", 80.0, None, "commune")]
    assert "team_names" not in programme.rows("inspection")[0]
    assert programme.found("club_never_inspected") == []
