"""Each check finds its fault at the right submission, and leaves the harmless look-alike alone."""

import pytest

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
@pytest.mark.parametrize(("more", "found"), [(0, []), (ROUNDING, []), (ROUNDING + 1, ["m"]),
                                             (-ROUNDING - 1, ["m"])])  # fmt: skip
def test_counted_closing_against_opening_plus_in_minus_out(programme, club, fund, more, found):
    book = {
        "opening_cash": 100, "opening_bank": 1000, "kinds_in": "contributions grants",
        "in_contributions": 50, "in_grants": 200, "kinds_out": "support", "out_support": 300,
        "closing_cash": 50 + more, "closing_bank": 1000,
    }  # fmt: skip
    answers = {f"{fund}_{name}": value for name, value in book.items()}
    programme.receive([programme.month("m", club, "2026-09", **answers)])
    programme.reconcile()
    assert roots(programme, f"{fund}_closing_differs") == found
    if found:
        (row,) = programme.found(f"{fund}_closing_differs")
        assert (row["expected"], row["found"]) == ("1050000", f"{1_050_000 + more * 1000}")
        assert "1.050.000 đồng" in row["message_vi"]
        assert "1,050,000 VND" in row["message_en"]


def test_a_closing_that_nobody_counted_is_not_called_wrong(programme, club):
    answers = {name: value for name, value in MONTH.items() if "closing" not in name}
    programme.receive([programme.month("m", club, "2026-09", **answers)])
    programme.reconcile()
    assert roots(programme, "income_closing_differs") == []


@pytest.mark.parametrize(
    ("month", "opening", "found"),
    [("2026-09", 50, []), ("2026-09", 54, []), ("2026-09", 90, ["m2"]), ("2026-10", 90, [])],
    ids=["same", "rounding", "differs", "a month between"],
)
def test_opening_against_last_closing(programme, club, month, opening, found):
    second = {**NEXT, "income_opening_cash": opening, "income_closing_cash": opening}
    programme.receive(
        [
            programme.month("m1", club, "2026-08", **MONTH),
            programme.month("m2", club, month, **second),
        ]
    )
    programme.reconcile()
    assert roots(programme, "income_opening_differs") == found


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
        ("joined_birth_year", None, club),
    }
    assert all("Tỵ" not in str(row) for row in programme.rows("finding"))
    ledger = {row["question"]: row["value"] for row in programme.rows("rejects")}
    assert ledger["joined_birth_year"] == "năm Tỵ"
    assert "value" not in programme.rows("rejects", identified=False)[0]


@pytest.mark.parametrize(
    ("end", "found"),
    [("2026-11-02T09:59:00.000+07:00", []), ("2026-11-02T10:01:00.000+07:00", ["m"]),
     ("2026-11-02T05:00:00.000Z", ["m"])],
)  # fmt: skip
def test_a_clock_more_than_a_day_ahead(programme, club, end, found):
    programme.receive([programme.month("m", club, "2026-09", end=end)])  # received 1 Nov, 10:00
    programme.reconcile()
    assert roots(programme, "clock_ahead") == found


def test_an_honest_year_has_no_finding(programme, club):
    books = [programme.month("m0", club, "2026-07", **MONTH)]
    books += [programme.month(f"m{n}", club, f"2026-{n:02d}", **NEXT) for n in (8, 9, 10)]
    programme.receive([*books, programme.visit("v", club, "2026-09-09", score="70")])
    result = programme.reconcile()
    assert result.findings.total() == 0
    assert len(result.findings) == 13
    assert programme.rows("finding") == []
