"""Workbooks as people save them: readable, or refused with a reason and a remedy."""

import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from forms.cells import cell_text
from forms.headers import canonical_header, language_code, split_language
from forms.workbook import read_workbook
from programme.problem import ProblemError

SMALL = """
| survey |      |      |             |
|        | type | name | label       |
|        | note | hi   | Xin chào    |
|        |      |      |             |
|        | text | who  | Bạn tên gì? |
"""


def decomposed(text: str) -> str:
    """Give text as a Mac writes it, marks apart from letters."""
    return unicodedata.normalize("NFD", text)


def code_of(path: Path) -> str:
    with pytest.raises(ProblemError) as caught:
        read_workbook(path)
    problem = caught.value.problems[0]
    assert problem.what.vi and problem.what.en and problem.do.vi and problem.do.en
    return problem.code


def test_rows_keep_the_number_that_excel_shows(make_workbook: Callable[..., Path]) -> None:
    rows = read_workbook(make_workbook(SMALL)).rows("survey")
    assert [(row.number, row.get("name")) for row in rows] == [(2, "hi"), (4, "who")]


def test_sheets_are_found_whatever_their_case(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].title = "Survey"
    book.worksheets[0].append(["Type", "Name", "Label :: English (en)"])
    book.worksheets[0].append(["integer", "age", "Age"])
    book.save(tmp_path / "old.xlsx")
    row = read_workbook(tmp_path / "old.xlsx").rows("survey")[0]
    assert (row.get("type"), row.get("label::English (en)")) == ("integer", "Age")


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].title = "survey"
    book.worksheets[0].append(["type", "name", decomposed("label::Tiếng Việt (vi)")])
    book.worksheets[0].append(["text", "a", decomposed("Họ và tên")])
    book.save(tmp_path / "mac.xlsx")
    row = read_workbook(tmp_path / "mac.xlsx").rows("survey")[0]
    assert row.get("label::Tiếng Việt (vi)") == "Họ và tên"


def test_settings_and_form_id(make_workbook: Callable[..., Path]) -> None:
    assert read_workbook(make_workbook(SMALL, "khao_sat")).form_id == "khao_sat"
    with_id = SMALL + "| settings | | |\n| | form_id | version |\n| | visit | 7 |\n"
    workbook = read_workbook(make_workbook(with_id))
    assert (workbook.form_id, workbook.setting("version")) == ("visit", "7")


def test_the_digest_is_of_what_the_cells_say(make_workbook: Callable[..., Path]) -> None:
    path = make_workbook(SMALL)
    before = read_workbook(path).digest
    book = load_workbook(path)
    book.save(path)  # other bytes, same cells
    assert read_workbook(path).digest == before
    book["survey"]["C2"] = "Chào bác"
    book.save(path)
    assert read_workbook(path).digest != before


def test_a_million_formatted_empty_rows_are_passed_over(make_workbook: Callable[..., Path]) -> None:
    path = make_workbook(SMALL)
    book = load_workbook(path)
    book["survey"].cell(row=200_000, column=1).value = " "
    book.save(path)
    assert len(read_workbook(path).rows("survey")) == 2


def test_a_missing_file(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.xlsx") == "workbook-missing"


def test_a_file_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"))
    assert code_of(path) == "workbook-encrypted"


@pytest.mark.parametrize("content", [b"", b"type,name\ntext,a\n", b"PK\x03\x04 cut off"])
def test_what_is_not_a_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(content)
    assert code_of(path) == "workbook-unreadable"


def test_a_zip_that_is_not_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "photos.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", b"...")
    assert code_of(path) == "workbook-unreadable"


def test_a_workbook_cut_off_in_the_middle(make_workbook: Callable[..., Path]) -> None:
    path = make_workbook(SMALL)
    path.write_bytes(path.read_bytes()[:-300])
    assert code_of(path) == "workbook-unreadable"


def test_a_file_that_unpacks_without_end(
    make_workbook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_workbook(SMALL)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(3_000_000))
    assert path.stat().st_size < 20_000
    monkeypatch.setattr("forms.package.UNPACKED_AT_MOST", 2_000_000)
    assert code_of(path) == "workbook-too-big"


def test_a_workbook_without_questions(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "empty.xlsx")
    assert code_of(tmp_path / "empty.xlsx") == "workbook-no-survey"


def test_two_columns_of_the_same_name(make_workbook: Callable[..., Path]) -> None:
    twice = "| survey | | | |\n| | type | name | Name |\n| | text | a | b |\n"
    assert code_of(make_workbook(twice)) == "workbook-header-twice"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (0.5, "0.5"),
        (True, "TRUE"),
        (date(2026, 10, 5), "2026-10-05"),
        (datetime(2026, 10, 5), "2026-10-05"),
        (datetime(2026, 10, 5, 8, 30), "2026-10-05T08:30:00"),
        (time(8, 30), "08:30:00"),
        ("\u00a0năm\u00a0nay ", "năm nay"),
    ],
)
def test_cells_as_text(value: object, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("written", "header"),
    [
        ("label::Tiếng Việt (vi)", "label::Tiếng Việt (vi)"),
        ("Label : English (en)", "label::English (en)"),
        ("relevance", "relevant"),
        ("Constraint Message::English (en)", "constraint_message::English (en)"),
        ("media::image::English (en)", "media::image::English (en)"),
        ("image", "media::image"),
        ("bind::jr:noAppErrorString", "bind::jr:noAppErrorString"),
        ("List Name", "list_name"),
    ],
)
def test_headers_have_one_spelling(written: str, header: str) -> None:
    assert canonical_header(written) == header


@given(st.sampled_from(["Tiếng Việt (vi)", "English (en)", "Hmong (hmn)", "français"]))
def test_languages_of_headers(language: str) -> None:
    assert split_language(f"label::{language}") == ("label", language)
    assert language_code(language) in {"vi", "en", "hmn", "français"}
