"""Every mistake of a workbook is told at once, with sheet, row and column."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from connectors.importing.sheets import Field
from connectors.importing.values import Reader
from connectors.importing.work import import_workbook
from programme.problem import Place, ProblemError, Text
from tests.connectors.importing.office import CLUB, LOAN, MEMBER, Office


def test_all_mistakes_are_told_at_once(office: Office) -> None:
    assert office.refused(
        clubs=[{**CLUB, "commune": "Xã Chi Lăn"}, {**CLUB, "club_no": 2, "founded_on": None}],
        members=[{**MEMBER, "member_sex": "Bà"}, {**MEMBER, "member_birth_year": "1950.5"}],
    ) == [
        ("import-empty", "clubs", 3, "founded_on"),
        ("import-choice", "members", 2, "member_sex"),
        ("import-value", "members", 3, "member_birth_year"),
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "code", "column"),
    [
        ("clubs", {**CLUB, "commune": "Xã Chi Lăn"}, "area-unknown", "commune"),
        ("clubs", {**CLUB, "province": "Lạng Xơn"}, "area-unknown", "province"),
        ("clubs", {**CLUB, "founded_on": date(2027, 1, 1)}, "import-impossible", "founded_on"),
        ("clubs", {**CLUB, "unlisted_total": 5, "unlisted_women": 6, "unlisted_60plus": 0,
                   "unlisted_women_60plus": 0}, "import-impossible", "unlisted_total"),
        ("clubs", {**CLUB, "unlisted_total": 5, "unlisted_women": 3, "unlisted_60plus": 2},
         "import-empty", "unlisted_women_60plus"),
        ("clubs", {**CLUB, "status": "close"}, "import-impossible", "status_on"),
        ("clubs", {**CLUB, "meeting_day": 32}, "import-impossible", "meeting_day"),
        ("members", {**MEMBER, "club_no": 7}, "import-club-unknown", "club_no"),
        ("members", {**MEMBER, "member_birth_year": 1850}, "import-impossible",
         "member_birth_year"),
        ("loans", {**LOAN, "outstanding": 6000000}, "import-impossible", "outstanding"),
        ("loans", {**LOAN, "due_on": "01/01/2026"}, "import-impossible", "due_on"),
        ("loans", {**LOAN, "amount": "năm triệu"}, "import-value", "amount"),
        ("loans", {**LOAN, "amount": -5}, "import-value", "amount"),
        ("villages", {"province": "Lạng Sơn", "commune": "Chi Lăng"}, "import-empty", "village"),
        ("area_kinds", {"province": "Lạng Sơn", "commune": "06463", "kinds": "núi lửa",
                        "basis": "QĐ", "valid_from": "2021-06-04"}, "area-kind-unknown", "kinds"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_cell(
    office: Office, sheet: str, row: dict[str, Any], code: str, column: str
) -> None:
    given = {"clubs": [CLUB], sheet: [row]}
    found = office.refused(**given)
    assert [(each[0], each[2], each[3]) for each in found] == [(code, 2, column)]


def test_rows_that_stand_twice(office: Office) -> None:
    twice = {**CLUB, "club_name": "CLB LTHTGN khu Ga"}
    assert office.refused(clubs=[CLUB, twice]) == [("import-repeated", "clubs", 3, "club_no")]


def test_a_former_commune_that_was_split_asks_which_one(office: Office) -> None:
    split = {**CLUB, "province": "Thành phố Hà Nội", "district": "Quận Hoàn Kiếm",
             "commune": "Phường Cửa Nam"}  # fmt: skip
    [(code, sheet, row, column)] = office.refused(clubs=[split])
    assert (code, sheet, row, column) == ("import-split", "clubs", 2, "commune")


def test_sheets_and_columns_that_mean_nothing_are_not_left_out_in_silence(
    office: Office, tmp_path: Path
) -> None:
    path = office.fill(clubs=[CLUB])
    book = openpyxl.load_workbook(path)
    book["clubs"].cell(1, 40, "Ghi chú")
    book.create_sheet("CLB mới").append(["a"])
    book.save(path)
    with pytest.raises(ProblemError) as caught:
        import_workbook(office.folder, path)
    assert sorted(each.code for each in caught.value.problems) == ["import-column", "import-sheet"]


def test_an_empty_template_has_nothing_to_import(office: Office) -> None:
    assert [code for code, *_ in office.refused()] == ["import-nothing"]
    with pytest.raises(ProblemError, match="is not filled in"):
        import_workbook(office.folder, office.template)


def test_a_file_that_is_no_workbook(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "clubs.xlsx"
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(ProblemError, match="workbook-unreadable"):
        import_workbook(office.folder, path)


def _column(kind: Any) -> Field:
    return Field("x", Text("", ""), kind, False, "", Text("", ""))


@pytest.mark.parametrize(
    ("kind", "written", "answer"),
    [
        ("money", "5.000.000", "5000"),
        ("money", "5,000,000 đ", "5000"),
        ("money", "5000499", "5000"),
        ("money", "5000500", "5001"),
        ("decimal", "0,8%", "0.8"),
        ("decimal", "0.80", "0.80"),
        ("whole", "1.200", "1200"),
        ("day", "5/2/2024", "2024-02-05"),
        ("day", "2024-02-05", "2024-02-05"),
        ("month", "10/2026", "2026-10-01"),
        ("month", "2026-10-31", "2026-10-01"),
        ("text", "  Nà   Pàn ", "Nà Pàn"),
        ("money", "", ""),
    ],
)
def test_cells_are_read_as_people_write_them(kind: Any, written: str, answer: str) -> None:
    assert Reader({}).answer(_column(kind), written, Place()) == answer
