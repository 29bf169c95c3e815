"""Each check finds its fault at the right submission, and leaves the harmless look-alike alone."""

import pytest

from connectors.reconcile.form_tables import HIDDEN

MONTH = {"income_opening_cash": 100, "income_opening_bank": 1000,
         "income_kinds_in": "contributions principal", "income_in_contributions": 50,
         "income_in_principal": 200, "income_kinds_out": "lent", "income_out_lent": 300,
         "income_closing_cash": 50, "income_closing_bank": 1000}  # fmt: skip
NEXT = {"income_opening_cash": 50, "income_opening_bank": 1000, "income_closing_cash": 50,
        "income_closing_bank": 1000}  # fmt: skip
ROUNDING = 7  # thousand đồng: four balances and three kinds, a thousand each


@pytest.fixture
def club(programme):
    programme.receive([programme.club("a")])
    return "06463-01"  # the code it will get


def roots(programme, check):
    return [row["_root_uuid"] for row in programme.found(check)]


@pytest.mark.parametrize("fund", ["income", "operating"])
def test_counted_closing_against_opening_plus_in_minus_out(programme, club, fund):
    for month, more in enumerate((0, ROUNDING, ROUNDING + 1, -ROUNDING - 1), 6):
        book = {
            "opening_cash": 100, "opening_bank": 1000, "kinds_in": "contributions grants",
            "in_contributions": 50, "in_grants": 200, "kinds_out": "support",
            "out_support": 300, "closing_cash": 50 + more, "closing_bank": 1000,
        }  # fmt: skip
        answers = {f"{fund}_{name}": value for name, value in book.items()}
        programme.receive([programme.month(f"m{month}", club, f"2026-0{month}", **answers)])
    programme.reconcile()
    assert roots(programme, f"{fund}_closing_differs") == ["m8", "m9"]
    row = programme.found(f"{fund}_closing_differs")[0]
    assert (row["expected"], row["found"]) == ("1050000", "1058000")
    assert "1.050.000 đồng" in row["message_vi"]
    assert "1,050,000 VND" in row["message_en"]


def test_a_closing_that_nobody_counted_is_not_called_wrong(programme, club):
    answers = {name: value for name, value in MONTH.items() if "closing" not in name}
    programme.receive([programme.month("m", club, "2026-09", **answers)])
    programme.reconcile()
    assert roots(programme, "income_closing_differs") == []


def test_opening_against_last_closing(programme):
    # after a closing of 50 + 1000: the same, rounding, another, another with a month between
    seconds = [("2026-09", 50), ("2026-09", 54), ("2026-09", 90), ("2026-10", 90)]
    for number, (month, opening) in enumerate(seconds, 1):
        code = f"06463-0{number}"
        second = {**NEXT, "income_opening_cash": opening, "income_closing_cash": opening}
        programme.receive(
            [
                programme.club(f"c{number}", f"CLB số {number}"),
                programme.month(f"first{number}", code, "2026-08", **MONTH),
                programme.month(f"second{number}", code, month, **second),
            ]
        )
    programme.reconcile()
    assert roots(programme, "income_opening_differs") == ["second3"]


def test_the_year_turns_between_two_months(programme, club):
    programme.receive(
        [
            programme.month("m1", club, "2025-12", **MONTH),
            programme.month("m2", club, "2026-01", **{**NEXT, "income_opening_cash": 500}),
        ]
    )
    programme.reconcile()
    (row,) = programme.found("income_opening_differs")
    assert "12/2025" in row["message_vi"]
    assert "01/2026" in row["message_vi"]


def test_reports_of_nobody_never_inspected_and_missing(programme, club):
    programme.receive(
        [
            programme.month("m1", "06463-99", "2026-08"),
            programme.month("m2", None, "2026-08", club_words="CLB ở đâu đó"),
            programme.month("m3", club, "2026-08"),
        ]
    )
    programme.reconcile()
    assert roots(programme, "club_not_registered") == ["m1", "m2"]
    assert [row["club_code"] for row in programme.found("club_never_inspected")] == [club]
    assert [row["month"] for row in programme.found("month_missing")] == ["2026-09"]


def test_a_value_that_does_not_fit_is_shown_unless_it_is_personal(programme, club):
    programme.receive(
        [
            programme.month("m1", club, "2026-09", attendance="khoảng ba mươi",
                            joined=[{"joined_name": "Vi Thị Dung", "joined_birth_year": "năm Tỵ"}]),
        ]
    )  # fmt: skip
    programme.reconcile()
    rows = programme.found("value_does_not_fit")
    assert {(row["question"], row["found"], row["club_code"]) for row in rows} == {
        ("attendance", "khoảng ba mươi", club),
        ("joined_birth_year", HIDDEN, club),
    }
    assert all("Tỵ" not in str(row) for row in programme.rows("finding"))
    ledger = {row["question"]: row["value"] for row in programme.rows("rejects")}
    assert ledger["joined_birth_year"] == "năm Tỵ"
    assert "value" not in programme.rows("rejects", identified=False)[0]


def test_a_clock_more_than_a_day_ahead(programme, club):
    ends = ["2026-11-02T09:59:00.000+07:00", "2026-11-02T10:01:00.000+07:00",
            "2026-11-02T05:00:00.000Z"]  # fmt: skip
    programme.receive(  # received on 1 November, 10:00
        programme.month(f"m{number}", club, f"2026-0{number}", end=end)
        for number, end in enumerate(ends, 7)
    )
    programme.reconcile()
    assert roots(programme, "clock_ahead") == ["m8", "m9"]


def test_an_honest_year_has_no_finding(programme, club):
    books = [programme.month("m0", club, "2026-07", **MONTH)]
    books += [programme.month(f"m{n}", club, f"2026-{n:02d}", **NEXT) for n in (8, 9, 10)]
    programme.receive([*books, programme.visit("v", club, "2026-09-09", score="70")])
    result = programme.reconcile()
    assert result.findings.total() == 0
    assert programme.rows("finding") == []
