"""The shipped forms on paper: nothing that is asked is lost, in both languages."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document

from forms.paper import write_paper
from forms.paper.outline import questions
from forms.paper.reading import read_paper
from forms.paper.texts import plain, reader
from forms.questions import question_type
from forms.workbook import read_workbook

REPOSITORY = Path(__file__).parents[3]
WORKBOOKS = sorted((REPOSITORY / "xlsforms").glob("[!~]*.xlsx"))
CASES = [(path, language) for path in WORKBOOKS for language in ("vi", "en")]
each_form = pytest.mark.parametrize(
    ("path", "language"), CASES, ids=[f"{path.stem}-{language}" for path, language in CASES]
)


def test_there_are_forms() -> None:
    assert len(WORKBOOKS) >= 4


@each_form
def test_every_question_that_is_asked_is_on_paper(
    path: Path, language: str, tmp_path: Path, words: Callable[[Document], str]
) -> None:
    book = read_workbook(path)
    ours = "vi" if language == "vi" else "en"
    on_paper = questions(read_paper(book, reader(book, language), ours).items)
    asked = [
        row.get("name")
        for row in book.rows("survey")
        if (kind := question_type(row.get("type"))) and kind.role == "question"
    ]
    asked = [name for name in asked if name != "confirmed"]  # of the page that only shows again
    assert [question.name for question in on_paper if question.name != "confirmed"] == asked
    text = words(docx.Document(str(write_paper(path, language, tmp_path))))
    flat = " ".join(text.split())
    for question in on_paper:
        assert " ".join(plain(question.label).split()) in flat
        for label in (question.choices or {}).values():
            assert plain(label) in flat
    assert not re.search("điện thoại sẽ báo|trên máy|Gõ vài chữ|on this phone|to search", text)
    assert book.setting("form_title") not in text  # in the one language, not in both
    assert "${" not in text
    assert "**" not in text


@each_form
def test_numbers_run_on_and_every_number_spoken_of_is_there(path: Path, language: str) -> None:
    book = read_workbook(path)
    ours = "vi" if language == "vi" else "en"
    on_paper = questions(read_paper(book, reader(book, language), ours).items)
    numbers = [question.number for question in on_paper]
    assert len(set(numbers)) == len(numbers)
    whole = list(dict.fromkeys(int(re.match(r"\d+", number)[0]) for number in numbers))
    assert whole == list(range(1, len(whole) + 1))
    word = "câu" if ours == "vi" else "question"
    for question in on_paper:
        for spoken in re.findall(rf"\b{word} (\d+[a-z]?)", question.only_if):
            assert spoken in numbers


def test_the_quarter_is_told_by_its_months() -> None:
    book = read_workbook(REPOSITORY / "xlsforms" / "monthly_activity_report.xlsx")
    form = read_paper(book, reader(book, "vi"), "vi")
    skip_notes = [getattr(item, "only_if", "") for item in form.items]
    (quarter,) = [note for note in skip_notes if "tháng ở câu" in note]
    assert quarter.endswith("là 3, 6, 9 hoặc 12.")


def ishc(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ishc.cli", "-C", str(REPOSITORY), *arguments],
        cwd=folder,
        env={"PATH": "", "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1", "ISHC_LANG": "vi"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_from_the_command_line(tmp_path: Path) -> None:
    done = ishc("forms", "paper", "loan_record", "--out", str(tmp_path), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "loan_record.vi.docx").is_file()
    refused = ishc(
        "forms", "paper", "loan_record", "--lang", "fr", "--out", str(tmp_path), folder=tmp_path
    )
    assert refused.returncode == 1
    assert "paper-language-unknown" in refused.stderr
    assert "Traceback" not in refused.stderr
