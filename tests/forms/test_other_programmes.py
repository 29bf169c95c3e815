"""Healthy forms of other programmes: no error is told that is none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from forms.check import check_forms
from forms.rules.catalogue import codes

OTHERS = sorted((Path(__file__).parent / "others").glob("*.md"))
MakeWorkbook = Callable[..., Path]


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_no_false_error(path: Path, make_workbook: MakeWorkbook) -> None:
    workbook = make_workbook(path.read_text(encoding="utf-8"), path.stem)
    problems = check_forms([workbook], None, own=False)
    assert [each.in_("en") for each in problems if each.severity == "error"] == []
    assert {each.code for each in problems} <= set(codes())


def test_twenty_thousand_choices_are_told_once(make_workbook: MakeWorkbook) -> None:
    rows = "".join(f"| | place | p{number} | Place {number} |\n" for number in range(20_000))
    form = (
        "| survey | | | |\n| | type | name | label |\n| | select_one place | place | Where? |\n"
        f"| choices | | | |\n| | list_name | name | label |\n{rows}"
    )
    path = make_workbook(form)
    problems = check_forms([path], None, own=False, java=False)
    assert [each.code for each in problems if each.severity != "note"] == ["choices-too-many"]


def test_what_the_programme_asks_of_itself_is_a_note_elsewhere(
    make_workbook: MakeWorkbook,
) -> None:
    audit = next(path for path in OTHERS if path.stem == "facility_audit")
    workbook = make_workbook(audit.read_text(encoding="utf-8"))
    elsewhere = check_forms([workbook], None, own=False, java=False)
    ours = check_forms([workbook], None, own=True, java=False)
    severity = {each.code: each.severity for each in elsewhere}
    assert severity["class-missing"] == severity["feature-unsupported"] == "note"
    assert {each.code for each in ours if each.severity == "error"} == {
        "class-missing",
        "language-missing",
    }


def test_the_programmes_own_forms_are_without_fault() -> None:
    folder = Path(__file__).parents[2] / "xlsforms"
    workbooks = sorted(folder.glob("*.xlsx"))
    problems = check_forms(workbooks, folder, java=False)
    assert [each.in_("en") for each in problems] == []
