"""The codebook: what it says of each row of a form, and how it prints."""

from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from forms.codebook import read_codebook
from forms.codebook.document import write_document
from forms.schema import read_schema
from forms.tables import columns_of
from programme.folder import Folder, shipped
from programme.problem import Text

WORKBOOKS = sorted(Folder(shipped()).xlsforms.glob("*.xlsx"))
NAME = Text(vi="Câu lạc bộ", en="Clubs")
CLUB = """
    | survey |                     |         |                        |                     |          |           |          |                   |              |              |             |
    |        | type                | name    | label::Tiếng Việt (vi) | label::English (en) | required | class     | unit     | relevant          | constraint   | former_name  | calculation |
    |        | start               | start   |                        |                     |          | plain     |          |                   |              |              |             |
    |        | begin_group         | page    | Buổi họp               | The meeting         |          |           |          |                   |              |              |             |
    |        | select_one yes_no or_other | held | Có **họp** không?  | Did it meet?        | yes      | plain     |          |                   |              |              |             |
    |        | integer             | fund    | Quỹ ${double}          | The fund ${double}  |          | sensitive | thousand_vnd | ${held} = 'yes' | . <= 999   | money        |             |
    |        | geopoint            | where   | Nơi họp                | Where               |          | plain     |          |                   |              |              |             |
    |        | note                | thanks  | Cảm ơn                 | Thank you           |          |           |          | ${held} = 'yes'   |              |              |             |
    |        | begin_repeat        | person  | Người dự               | Who came            |          |           |          |                   |              |              |             |
    |        | text                | who     | Họ tên                 | Name                | yes      | personal  |          |                   |              |              |             |
    |        | end_repeat          |         |                        |                     |          |           |          |                   |              |              |             |
    |        | end_group           |         |                        |                     |          |           |          |                   |              |              |             |
    |        | calculate           | double  |                        |                     |          | plain     |          |                   |              |              | ${fund} * 2 |
    | choices |           |      |                        |                     |
    |         | list_name | name | label::Tiếng Việt (vi) | label::English (en) |
    |         | yes_no    | yes  | Có                     | Yes                 |
    |         | yes_no    | no   | Không                  | No                  |
    | settings |                    |         |         |                  |
    |          | form_title         | form_id | version | default_language |
    |          | Sổ họp · Meetings  | meeting | 7       | Tiếng Việt (vi)  |
"""  # noqa: E501 - a table


@pytest.fixture
def club(make_workbook):
    return make_workbook(CLUB)


def test_each_row_says_what_is_asked_when_and_where_its_answers_lie(club):
    book = read_codebook(club, "vi")
    rows = {each.name: each for each in book.entries}
    assert list(rows) == [
        "start", "page", "held", "fund", "where", "thanks", "person", "who", "double",
    ]  # fmt: skip
    held, fund = rows["held"], rows["fund"]
    assert held.label == Text(vi="Có họp không?", en="Did it meet?")
    assert (held.kind, held.list_name) == ("chọn một; held_other: ghi rõ", "yes_no")
    assert held.required and not fund.required
    assert fund.only_if == "Nếu câu 1 là «Có»"
    assert fund.limits == "Không quá 999."
    assert fund.data_class == "sensitive"
    assert "nghìn đồng" in fund.kind
    assert rows["where"].columns == (
        "where_latitude", "where_longitude", "where_altitude", "where_accuracy",
    )  # fmt: skip
    assert (rows["who"].table, rows["who"].data_class) == ("meeting__person", "personal")
    assert rows["thanks"].what == "note" and not rows["thanks"].table
    assert rows["double"].expressions[2] == "${fund} * 2"
    assert [each.name for each in book.choices] == ["yes", "no"]
    assert book.title == Text(vi="Sổ họp", en="Meetings")


def test_conditions_are_worded_in_the_language_asked_for(club):
    rows = {each.name: each for each in read_codebook(club, "en").entries}
    assert rows["fund"].only_if == "If question 1 is “Yes”"
    assert rows["fund"].kind.startswith("whole number")


def test_since_is_the_first_version_that_asked_it_under_any_name(club, make_workbook):
    first = make_workbook(
        CLUB.replace("| 7       |", "| 5       |")
        .replace("| fund    | Quỹ", "| money   | Quỹ")
        .replace("| money        |", "|              |")
        .replace("${fund}", "${money}"),
        "first",
    )
    between = make_workbook(CLUB.replace("| 7       |", "| 6       |"), "between")
    broken = first.with_name("broken.xlsx")
    broken.write_bytes(b"no workbook")
    rows = {each.name: each for each in read_codebook(club, "vi", [first, broken, between]).entries}
    assert rows["fund"].since == "5"
    without = make_workbook(
        CLUB.replace("| 7       |", "| 6       |").replace(
            "| text                | who ", "| text | old "
        ),
        "without",
    )
    rows = {each.name: each for each in read_codebook(club, "vi", [without]).entries}
    assert (rows["held"].since, rows["who"].since) == ("6", "7")


@pytest.mark.parametrize("workbook", WORKBOOKS, ids=lambda path: path.stem)
def test_no_column_of_a_shipped_form_is_missing(workbook):
    schema = read_schema(workbook)
    book = read_codebook(workbook, "vi")
    told = {(each.table, name) for each in book.entries for name in each.columns}
    wanted = {
        (table.name, name)
        for table in schema.tables
        for column in table.columns
        for name in columns_of(column)
    }
    assert told == wanted
    assert all(each.label.vi and each.label.en for each in book.entries if each.what == "question")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_document_has_contents_landscape_tables_and_heads_that_repeat(club, tmp_path, language):
    book = read_codebook(club, language)
    made = [tmp_path / "one.docx", tmp_path / "two.docx"]
    for path in made:
        write_document([book, book], NAME, path)
    assert made[0].read_bytes() == made[1].read_bytes()
    document = docx.Document(str(made[0]))
    assert [each.orientation for each in document.sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.LANDSCAPE,
    ]  # fmt: skip
    body = document.element.body
    links = {each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))}
    marks = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    assert links == marks == {"form_1", "form_2"}
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert sum(column.width for column in table.columns) <= document.sections[1].page_width
    shown = "\n".join(cell.text for table in document.tables for cell in table._cells)
    assert ("cá nhân" if language == "vi" else "personal") in shown
    assert "Có họp không?\nDid it meet?" in shown
    with ZipFile(made[0]) as file:
        assert b"2013" not in file.read("word/document.xml")


def test_a_label_that_looks_like_a_formula_stays_a_label(make_workbook, tmp_path):
    workbook = make_workbook(CLUB.replace("Cảm ơn", "=1+1<w:p>"))
    path = tmp_path / "book.docx"
    write_document([read_codebook(workbook, "vi")], NAME, path)
    assert any(
        "=1+1" in cell.text for table in docx.Document(str(path)).tables for cell in table._cells
    )
    assert isinstance(path, Path)
