"""Each rule of ``ishc forms check``, on a form with one fault."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from forms.check import check_forms
from programme.problem import Problem

MakeWorkbook = Callable[..., Path]
DATA = Path(__file__).parent / "data"
GOOD = (DATA / "good.md").read_text(encoding="utf-8")


@pytest.fixture
def media(make_list: Callable[[str, str], Path], tmp_path: Path) -> Path:
    make_list("communes.csv", "name,label\n06463,Xã Chi Lăng")
    make_list("clubs.csv", "name,label,commune,women\n06463-01,Hoa Đào,06463,30")
    return tmp_path


def told(problems: list[Problem]) -> list[tuple[str, str | None, int | None]]:
    return [(each.code, each.place.sheet, each.place.row) for each in problems]


@pytest.mark.usefixtures("engine")
def test_a_good_form_has_no_problems(make_workbook: MakeWorkbook, media: Path) -> None:
    assert told(check_forms([make_workbook(GOOD)], media)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("'women', 'name'", "'womn', 'name'", ("list-column-missing", "survey", 4)),
        ("'women', 'name'", "'women', 'nam'", ("list-column-missing", "survey", 4)),
        ("pulldata('clubs'", "pulldata('club'", ("media-missing", "survey", 4)),
        ("clubs.csv |", "klubs.csv |", ("media-missing", "survey", 3)),
        ("commune = $", "comune = $", ("list-column-missing", "survey", 3)),
        ("Was one held?      ", "", ("translation-missing", "survey", 5)),
        ("| Không ", "| ", ("translation-missing", "choices", 3)),
        ("| Ý kiến                 | Opinion ", "| | ", ("label-missing", "survey", 7)),
        ("| said ", "| ý_kiến ", ("name-not-plain", "survey", 7)),
        ("| said ", "| held ", ("name-in-two-tables", "survey", 7)),
        ("| personal |", "| |", ("class-missing", "survey", 7)),
        ("label::English (en)", "label::Français (fr)", ("language-missing", "survey", None)),
    ],
)
def test_one_fault_one_problem_at_its_row(
    right: str,
    wrong: str,
    expected: tuple[str, str | None, int | None],
    make_workbook: MakeWorkbook,
    media: Path,
) -> None:
    assert right in GOOD
    problems = check_forms([make_workbook(GOOD.replace(right, wrong))], media, java=False)
    assert set(told(problems)) == {expected}


@pytest.mark.usefixtures("engine")
def test_what_validate_finds_is_told_at_the_row_of_the_question(
    make_workbook: MakeWorkbook, media: Path
) -> None:
    broken = GOOD.replace("pulldata('clubs', 'women', 'name', ${club})", "1 + (2 div )")
    problems = check_forms([make_workbook(broken)], media)
    assert told(problems) == [("form-invalid", "survey", 4)]


def test_what_pyxform_refuses_is_told_once(make_workbook: MakeWorkbook, media: Path) -> None:
    broken = GOOD.replace("| text     ", "| texxt    ")
    problems = check_forms([make_workbook(broken)], media, java=False)
    assert told(problems) == [("survey-type-unknown", "survey", 7)]


def test_a_form_from_elsewhere_is_not_held_to_the_programmes_rules(
    make_workbook: MakeWorkbook,
) -> None:
    old = "| survey | | | |\n| | type | name | label |\n| | text | a | What? |\n"
    problems = check_forms([make_workbook(old)], None, own=False, java=False)
    assert {each.severity for each in problems} == {"note"}
    own = check_forms([make_workbook(old)], None, own=True, java=False)
    assert {each.code for each in own if each.severity == "error"} == {
        "class-missing",
        "language-missing",
        "settings-missing",
    }


def test_a_blank_after_a_sheets_name_is_told(make_workbook: MakeWorkbook, media: Path) -> None:
    path = make_workbook(GOOD)
    book = load_workbook(path)
    book["survey"].title = "survey "
    book.save(path)
    problems = check_forms([path], media, java=False)
    assert told(problems) == [("sheet-name", "survey ", None)]


def test_one_broken_workbook_does_not_hide_the_others(
    make_workbook: MakeWorkbook, media: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no workbook")
    missing = make_workbook(GOOD.replace("| personal |", "| |"), "other")
    problems = check_forms([broken, missing], media, java=False)
    assert [each.code for each in problems] == ["workbook-unreadable", "class-missing"]


def test_two_forms_with_one_id(make_workbook: MakeWorkbook, media: Path) -> None:
    both = GOOD.replace("| version |", "| version | form_id |")
    both = both.replace("| 1       |", "| 1       | same    |")
    forms = [make_workbook(both, "a"), make_workbook(both, "b")]
    problems = check_forms(forms, media, java=False)
    assert [(each.code, each.place.file) for each in problems] == [
        ("form-id-other", "a.xlsx"),
        ("form-id-twice", "b.xlsx"),
    ]


@pytest.mark.parametrize("copy", ["Copy of same", "same (1)", "same - Bản sao", "same_2026"])
def test_a_copy_of_a_form_is_told_once_and_the_form_itself_stays_the_form(
    copy: str, make_workbook: MakeWorkbook, media: Path
) -> None:
    form = GOOD.replace("| version |", "| version | form_id |")
    form = form.replace("| 1       |", "| 1       | same    |")
    broken = form.replace("| personal |", "| |")  # would be told twice
    forms = sorted([make_workbook(broken, "same"), make_workbook(broken, copy)])
    problems = check_forms(forms, media, java=False)
    assert {(each.code, each.place.file) for each in problems} == {
        ("class-missing", "same.xlsx"),
        ("form-id-twice", f"{copy}.xlsx"),
    }


@pytest.mark.parametrize(
    ("formula", "codes"),
    [
        ("today()", ["date-with-time"]),
        ("date(today() + 30)", ["date-with-time"]),
        ("format-date(today() + 30, '%Y-%m-%d')", []),
        ("format-date(decimal-date-time(today()) + 30, '%Y-%m-%d')", ["date-day-lost"]),
    ],
)
def test_dates_that_tables_refuse_or_that_lose_a_day(
    formula: str, codes: list[str], make_workbook: MakeWorkbook
) -> None:
    sheet = "| survey | | | | | |\n| | type | name | class | value_type | calculation |\n"
    path = make_workbook(f"{sheet}| | calculate | due | plain | date | {formula} |\n")
    problems = check_forms([path], None, own=True, java=False)
    assert [each.code for each in problems if each.code.startswith("date-")] == codes


def test_a_default_typed_as_a_date_of_excel_reaches_no_phone(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "survey"
    for row in (["type", "name", "label", "default"], ["date", "day", "Day", date(2026, 10, 31)]):
        book.active.append(row)
    book.save(tmp_path / "form.xlsx")
    problems = check_forms([tmp_path / "form.xlsx"], None, own=False, java=False)
    errors = [each for each in problems if each.severity == "error"]
    assert told(errors) == [("default-date-cell", "survey", 2)]


WAIVED = """
| survey | | | | | | | | |
| | type  | name  | label::Tiếng Việt (vi) | label::English (en) | class | required | appearance | waive |
| | note  | law   | Luật | The law | | yes | | {waive} |
| | image | photo | Ảnh  | Photo   | plain | | signature | feature-unsupported: chỉ dùng máy |
| settings | |
| | version |
| | 1 |
"""  # noqa: E501 - one line a row


@pytest.mark.parametrize(
    ("waive", "expected"),
    [
        ("", [("note-required", 2)]),
        ("note-required: khóa phiếu có chủ ý", []),
        ("note-required:", [("waiver-no-reason", 2), ("note-required", 2)]),
        ("note-required: a; label-long: b", [("waiver-unused", 2)]),
        ("note-requird: a", [("waiver-unknown", 2), ("note-required", 2)]),
    ],
)
def test_a_fault_is_waived_by_name_for_a_row_with_a_reason(
    waive: str, expected: list[tuple[str, int]], make_workbook: MakeWorkbook
) -> None:
    form = make_workbook(WAIVED.format(waive=waive))
    problems = check_forms([form], None, own=True, java=False)
    found = [each for each in problems if each.code != "form-compile-warning"]
    assert sorted((each.code, each.place.row or 0) for each in found) == sorted(expected)
