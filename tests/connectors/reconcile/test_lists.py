import csv

import pytest

from connectors.reconcile.initials import initials, without_names
from connectors.reconcile.lists import COLUMNS, write_lists
from programme.folder import shipped


def read(programme, name):
    with (programme.folder.lists / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_lists_have_the_columns_that_the_forms_expect_even_when_empty(programme):
    programme.receive([])
    programme.reconcile()
    write_lists(programme.folder)
    for name, columns in COLUMNS.items():
        if name == "sample.csv":  # nobody was drawn here
            continue
        made = (programme.folder.lists / name).read_text(encoding="utf-8")
        assert made == ",".join(columns) + "\n"
        assert made == (shipped() / "xlsforms" / name).read_text(encoding="utf-8")


def test_the_lists_say_what_is_on_record_and_name_nobody(programme):
    roster = [
        {"member_name": "Nông Thị Ái", "member_sex": "female", "member_birth_year": 1955},
        {"member_name": "Lý Văn Bình", "member_sex": "male", "member_birth_year": 2000},
        {"member_name": "Hứa Thị Cúc", "member_sex": "female", "member_birth_year": 1960},
    ]
    board = [{"board_name": "Đàm Văn Đông", "board_role": "chair", "board_birth_year": 1960}]
    club = "06463-01"
    programme.receive(
        [
            programme.club("a", "CLB\nNà   Pàn", member=roster, board=board, unlisted_total=2,
                           unlisted_women=1, unlisted_60plus=1),
            programme.club("b", "CLB Nà Lốc", founded_on="2020-01-01"),
            programme.club("c", "CLB Bản Chu", founded_on="2021-01-01"),
            programme.form("club_registration", "x", action="close", club="06463-03",
                           action_date="2026-01-01"),
            programme.month("m", club, "2026-09", income_closing_cash=120,
                            income_closing_bank=3000, loans_outstanding=5000,
                            operating_closing_cash=7,
                            left_member=[{"left_code": f"{club}-M002", "left_how": "left"}]),
            programme.visit("v1", club, "2026-05-01", grade="weak", score=40, recommendation=[
                {"recommend_what": "Bà Nông thị Ái lập sổ vay", "recommend_by": "2026-06-30"},
                {"recommend_what": "Họp hằng tháng"}]),
            programme.visit("v2", club, "2026-06-01", grade="strong", score=80, follow_up=[
                {"follow_action": f"{club}-A002", "follow_state": "done"}]),
            programme.loan("l1", club, "lent", borrower=f"{club}-M001", loan_kind="money",
                           amount=5000, lent_on="2026-01-05", term_months=6),
            programme.loan("l2", club, "lent", borrower=f"{club}-M003", loan_kind="money",
                           amount=1000, lent_on="2026-02-05", term_months=6),
            programme.loan("r1", club, "repaid", loan=f"{club}-L001", principal=1500,
                           repaid_on="2026-03-05"),
            programme.loan("r2", club, "repaid", loan=f"{club}-L002", principal=1000,
                           repaid_on="2026-03-05"),
            programme.loan("s1", club, "rescheduled", loan=f"{club}-L001",
                           rescheduled_on="2026-07-01", new_due_on="2026-12-05"),
        ]
    )  # fmt: skip
    programme.reconcile()
    write_lists(programme.folder)
    first, second = read(programme, "clubs.csv")
    assert first == {
        "name": club, "label": "CLB Nà Pàn", "code": club, "commune": "06463",
        "founded": "2019-05-01",
        "status": "active", "members": "4", "women": "3", "sixty_plus": "3",
        "closing_cash": "120", "closing_bank": "3000", "loans_outstanding": "5000",
        "operating_cash": "7", "operating_bank": "", "last_month": "2026-09",
        "grade": "strong", "list_date": "2026-10-31",
    }  # fmt: skip
    assert (second["name"], second["members"], second["closing_cash"]) == ("06463-02", "0", "")
    assert read(programme, "members.csv") == [
        {"name": f"{club}-M001", "label": "M001 N.T.Á.", "club": club},
        {"name": f"{club}-M003", "label": "M003 H.T.C.", "club": club},
    ]
    assert read(programme, "boards.csv") == [
        {"name": f"{club}-B01", "label": "B01 Đ.V.Đ.", "club": club}
    ]
    assert read(programme, "loans.csv") == [
        {"name": f"{club}-L001", "label": "L001 N.T.Á. 05/01/2026", "club": club,
         "borrower": f"{club}-M001", "outstanding": "3500", "due_on": "2026-12-05"}
    ]  # fmt: skip
    assert read(programme, "open_actions.csv") == [
        {"name": f"{club}-A001", "label": "A001 Bà N.T.Á. lập sổ vay", "club": club,
         "by_date": "2026-06-30"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "short"), [("Nguyễn  Văn An", "N.V.A."), ("a\u0302n", "Â."), ("", ""), (None, "")]
)
def test_initials(name, short):
    assert initials(name) == short


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bà Nguyễn Văn An và NGUYỄN VĂN ANH", "Bà N.V.A. và N.V.A."),
        ("An lập sổ; Nguyễn Văn Anha đọc", "An lập sổ; Nguyễn Văn Anha đọc"),
        ("không ai", "không ai"),
    ],
)
def test_whole_names_become_initials(text, said):
    assert without_names(text, ["Nguyễn Văn An", "Nguyễn  Văn Anh", "An"]) == said
