"""``ishc forms codebook``: a Word document and an Excel workbook of all forms."""

import hashlib

import openpyxl
import pytest

from ishc.beginning.chosen import KOBO, Chosen, Secret
from ishc.beginning.make import make_programme
from ishc.cli import main


@pytest.fixture
def codebook(tmp_path, capsys):
    target = tmp_path / "Sổ mã – CLB (2026)"
    make_programme(target, Chosen("vi", (), KOBO, Secret(), ()))

    def run(*arguments, language="vi"):
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(target), "--lang", language, "forms", "codebook", *arguments])
        assert not ended.value.code, capsys.readouterr()
        return target / "data" / "codebook"

    return run


def digest(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


def test_all_forms_are_in_both_files(codebook):
    folder = codebook()
    assert sorted(each.name for each in folder.iterdir()) == [
        "codebook.vi.docx", "codebook.vi.xlsx",
    ]  # fmt: skip
    book = openpyxl.load_workbook(folder / "codebook.vi.xlsx")
    front, *forms, choices = book.sheetnames
    assert forms == [
        "club_registration", "inspection_checklist", "loan_record", "member_survey",
        "monthly_activity_report", "training_record",
    ]  # fmt: skip
    assert choices == "Danh sách lựa chọn"
    for name in (*forms, choices):
        assert book[name].freeze_panes == "A2" and book[name].auto_filter.ref
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any("identified" in str(cell.value) for cell in book[front]["A"])


def test_one_form_in_english_gives_the_same_bytes_each_time(codebook):
    folder = codebook("loan_record", language="en")
    first = digest(folder)
    assert digest(codebook("loan_record", language="en")) == first
    book = openpyxl.load_workbook(folder / "codebook.en.xlsx", read_only=True)
    assert book.sheetnames[1:] == ["loan_record", "Lists of choices"]
    heads = [cell.value for cell in next(book["loan_record"].iter_rows())]
    assert heads[:5] == ["Row", "No.", "Name", "Question (Vietnamese)", "Question (English)"]
    book.close()
