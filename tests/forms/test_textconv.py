"""Workbooks as text: what ``git diff`` shows."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from forms.textconv import main, text_lines

ROOT = Path(__file__).resolve().parents[2]
FORM = """
| survey |         |      |             |
|        | type    | name | label       |
|        | text    | who  | Bạn tên gì? |
|        | integer | age  | Tuổi        |
| settings |         |
|          | form_id |
|          | visit   |
"""


def test_one_line_a_row_with_headers(make_workbook: Callable[..., Path]) -> None:
    path = make_workbook(FORM)
    book = load_workbook(path)
    book["survey"]["C3"] = "Tuổi\ntính theo năm sinh"
    book.save(path)
    assert list(text_lines(path)) == [
        "== survey ==",
        "columns: type | name | label",
        "type: text | name: who | label: Bạn tên gì?",
        "type: integer | name: age | label: Tuổi⏎tính theo năm sinh",
        "== settings ==",
        "columns: form_id",
        "form_id: visit",
    ]


def test_a_file_that_is_no_workbook_shows_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"no")
    with capsys.disabled():
        done = subprocess.run(
            [sys.executable, "-m", "forms.textconv", str(path)],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
    assert done.returncode == 0  # git would otherwise refuse to show the other files
    assert "workbook-unreadable" in done.stdout.decode()


def test_without_a_file_the_usage_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "FILE.xlsx" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_diff_shows_the_changed_row(make_workbook: Callable[..., Path], tmp_path: Path) -> None:
    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@t", *words],
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    shutil.copy(ROOT / ".gitattributes", tmp_path)
    path = make_workbook(FORM)
    git("init", "-q")
    command = f'PYTHONPATH="{ROOT}" "{sys.executable}" -m forms.textconv'
    git("config", "diff.xlsx.textconv", command)
    git("add", "form.xlsx")
    git("commit", "-q", "-m", "form")
    book = load_workbook(path)
    book["survey"]["C2"] = "Bác tên gì?"
    book.save(path)
    diff = git("diff")
    assert "-type: text | name: who | label: Bạn tên gì?" in diff
    assert "+type: text | name: who | label: Bác tên gì?" in diff
    assert "Binary" not in diff
