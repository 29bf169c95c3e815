"""Mistakes in writing ``ishc.toml``, told with line and column in both languages."""

from pathlib import Path

import pytest

from programme.folder import Folder
from programme.problem import Problem, ProblemError
from programme.settings import load

BEGIN = '[programme]\nname = "Câu lạc bộ"\n'
FAULTS = {
    "language vi": ("sau tên mục thiếu dấu =", "there is no ="),
    'language = "vi': ("thiếu dấu ngoặc kép", "quotation mark is missing"),
    "language = vi": ("không phải một giá trị", "is no value"),
    'name = "khác"': ("đã có giá trị ở trên", "has a value already"),
    "[programme]": ("phần [ ] này đã có", "stands further up already"),
    "list = [1, 2": ("danh sách [ … ] chưa đóng", "is not closed"),
    "x = { a = 1": ("nhóm { … } chưa đóng", "is not closed"),
    "x = { a = 1, a = 2 }": ("có một tên hai lần", "stands twice"),
    'language = "vi" en': ("còn chữ thừa", "stands after the value"),
    "[due": ("thiếu dấu ] đóng", "no closing ]"),
    "ngày = 3": ("sau tên mục thiếu dấu =", "there is no ="),
    "é = 3": ("không bắt đầu bằng tên", "does not begin with a name"),
    "= 3": ("không bắt đầu bằng tên", "does not begin with a name"),
    'folder = "C:\\Users"': ("dấu \\ không viết được", "a \\ may not stand"),
    "day = 2026-13-45": ("", ""),
}


def told(folder: Path, text: str) -> Problem:
    (folder / "ishc.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError) as refused:
        load(Folder(folder))
    (problem,) = refused.value.problems
    return problem


@pytest.mark.parametrize("line", FAULTS)
def test_a_slip_is_told_with_its_line_and_what_is_expected(tmp_path: Path, line: str) -> None:
    problem = told(tmp_path, f"{BEGIN}{line}\n")
    vi, en = FAULTS[line]
    assert problem.code == "settings-unreadable" and problem.place.row in (3, 4)
    assert vi in problem.what.vi and en in problem.what.en
    for words in (problem.what.vi.partition(" (TOML")[0], problem.do.vi):
        assert not {"expected", "invalid", "cannot"} & set(words.lower().split())
    assert "TOML: " in problem.what.vi, "the library's words stand beside, as detail"


def test_the_column_is_told(tmp_path: Path) -> None:
    problem = told(tmp_path, f"{BEGIN}language = vi\n")
    assert problem.place.row == 3
    assert ", ký tự thứ 12" in problem.what.vi and ", character 12" in problem.what.en


def test_a_file_that_ends_too_early_is_told_at_its_last_line(tmp_path: Path) -> None:
    problem = told(tmp_path, f'{BEGIN}x = """\na\nb')
    assert problem.place.row == 5 and "ký tự" not in problem.what.vi.partition(" (")[0]
