"""``ishc forms changes`` as an official meets it."""

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ishc.cli import main

XLSFORMS = Path(__file__).parents[2] / "xlsforms"


@pytest.fixture
def workbooks(tmp_path: Path) -> tuple[Path, Path]:
    """The monthly report as deployed, and a copy to edit."""
    old, new = tmp_path / "deployed.xlsx", tmp_path / "edited.xlsx"
    for path in (old, new):
        shutil.copy(XLSFORMS / "monthly_activity_report.xlsx", path)
    return old, new


def edit(path: Path, name: str, column: str, text: str) -> int:
    """Write a cell of the survey as Excel would; give its row."""
    book = load_workbook(path)
    sheet = book["survey"]
    titles = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[titles.index("name")].value == name)
    row[titles.index(column)].value = text
    book.save(path)
    return int(row[0].row or 0)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([*arguments])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_breaking_careful_safe_and_what_to_do(
    workbooks: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = map(str, workbooks)
    row = edit(workbooks[1], "attendance_women", "class", "sensitive")
    edit(workbooks[1], "attendance", "type", "decimal")
    edit(workbooks[1], "difficulty", "class", "plain")
    status, out, _ = run(capsys, "--lang", "en", "forms", "changes", old, new)
    assert status == 0
    parts = [out.index(word) for word in ("BREAKING", "class-lowered", "CAREFUL", "SAFE")]
    assert parts == sorted(parts)
    assert f"edited.xlsx, sheet survey, row {row}, column class" in out
    assert out.strip().splitlines()[-1].startswith("Do not deploy yet")
    status, out, _ = run(capsys, "--lang", "vi", "forms", "changes", old, new)
    assert "LÀM HỎNG" in out
    assert "Chưa nên triển khai" in out.splitlines()[-1]


def test_what_is_mended_alike_is_said_once_and_counted(
    workbooks: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    book = load_workbook(workbooks[1])
    sheet = book["survey"]
    named = [cell.value for cell in sheet[1]].index("class")
    for row in sheet.iter_rows(min_row=2):
        if row[named].value == "sensitive":
            row[named].value = "personal"
        elif row[named].value == "plain":
            row[named].value = "sensitive"
    book.save(workbooks[1])
    _, out, _ = run(capsys, "--lang", "en", "forms", "changes", *map(str, workbooks))
    lines = out.splitlines()
    assert sum("class-raised" in line for line in lines) == 20
    assert any(line.strip().startswith("… and ") for line in lines)


def test_for_programs(workbooks: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    edit(workbooks[1], "difficulty", "class", "plain")
    old, new = map(str, workbooks)
    status, out, _ = run(capsys, "--json", "forms", "changes", old, new)
    told = json.loads(out)
    assert status == 0
    assert told["counts"] == {"breaking": 1, "careful": 0, "safe": 0}
    (change,) = told["changes"]
    assert (change["code"], change["question"]) == ("class-lowered", "difficulty")
    assert change["place"]["sheet"] == "survey"
    assert set(change["what"]) == {"vi", "en"}


def test_nothing_that_touches_the_data(
    workbooks: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "--lang", "en", "forms", "changes", *map(str, workbooks))
    assert (status, out.strip()) == (0, "Nothing differs that touches the data.")


def test_a_workbook_that_cannot_be_read_is_status_1(
    workbooks: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = workbooks
    new.write_bytes(b"PK no workbook")
    status, _, err = run(capsys, "--lang", "en", "forms", "changes", str(old), str(new))
    assert status == 1
    assert "workbook-unreadable" in err
    assert "Traceback" not in err


def test_a_form_goes_by_its_name_too(
    workbooks: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(XLSFORMS.parent)
    old = str(workbooks[0])
    status, out, _ = run(
        capsys, "--lang", "en", "-C", folder, "forms", "changes", old, "monthly_activity_report"
    )
    assert (status, "Nothing differs" in out) == (0, True)
