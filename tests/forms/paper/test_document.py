"""The Word document: what a pen meets, and how it prints."""

import re
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from forms.paper import write_paper
from programme.problem import ProblemError

CLUB = """
    | survey |                     |           |                        |                |          |                        |               |      |
    |        | type                | name      | label::Tiếng Việt (vi) | label::English (en) | required | relevant          | constraint    | unit |
    |        | start               | start     |                        |                |          |                        |               |      |
    |        | begin_group         | page      | Buổi họp               | The meeting    |          |                        |               |      |
    |        | select_one yes_no   | held      | Có **họp** không?      | Did it meet?   | yes      |                        |               |      |
    |        | select_multiple why | reasons   | Vì sao?                | Why not?       |          | ${held} = 'no'         |               |      |
    |        | integer             | people    | Bao nhiêu người?       | How many?      |          | ${held} = 'yes'        | . <= 999      |      |
    |        | integer             | money     | Quỹ                    | The fund       |          |                        | . >= 0 and . <= 99999999 | thousand_vnd |
    |        | date                | met_on    | Ngày họp               | Met on         |          |                        | . <= today()  |      |
    |        | select_one_from_file communes.csv | commune | Xã         | Commune        |          |                        |               |      |
    |        | note                | summary   | Có ${people} người.    | ${people} came. |         |                        |               |      |
    |        | end_group           |           |                        |                |          |                        |               |      |
    |        | calculate           | double    |                        |                |          |                        |               |      |
    | choices |           |      |                        |                     |
    |         | list_name | name | label::Tiếng Việt (vi) | label::English (en) |
    |         | yes_no    | yes  | Có                     | Yes                 |
    |         | yes_no    | no   | Không                  | No                  |
    |         | why       | rain | Mưa                    | Rain                |
    |         | why       | work | Mùa vụ                 | Harvest             |
    | settings |            |         |         |                  |
    |          | form_title | form_id | version | default_language |
    |          | Sổ họp     | meeting | 7       | Tiếng Việt (vi)  |
"""  # noqa: E501 - a table


def roster(columns: int, begin: str = "begin_repeat | member | Thành viên | ") -> str:
    """Write a form with one repeat of so many text questions."""
    rows = [f"| | {begin} |"]
    rows += [f"| | text | column_{n} | Cột số {n} | |" for n in range(columns)]
    head = "| survey | | | | |\n| | type | name | label | repeat_count |\n"
    return head + "\n".join([*rows, "| | end_repeat | | | |"])


def boxes(element) -> int:
    return len(list(element.iter(qn("w:bdr"))))


def row_of(document: Document, text: str):
    rows = [row for table in document.tables for row in table.rows]
    return next(row for row in rows if text in "".join(cell.text for cell in row.cells))


def test_questions_are_numbered_under_parts_with_skip_notes_in_vietnamese(
    printed: Callable[..., Document], words: Callable[[Document], str]
) -> None:
    text = words(printed(CLUB))
    assert text.startswith("Sổ họp\nBản giấy: ")
    assert "Phần 1. Buổi họp\n1.\nCó họp không? * (chọn một)\nCó Không\n" in text
    assert "2.\n→ Chỉ trả lời nếu câu 1 là «Không».\nVì sao? (chọn nhiều)\nMưa Mùa vụ\n" in text
    assert "Không sau ngày ghi phiếu này." in text
    assert "Mã (nếu biết): Tên:" in text
    assert "Có ………… người." in text
    assert "Sổ họp · phiên bản 7 · trang /" in text


def test_and_in_english(printed: Callable[..., Document], words: Callable[[Document], str]) -> None:
    text = words(printed(CLUB, "en"))
    assert "Part 1. The meeting\n1.\nDid it meet? * (choose one)\nYes No\n" in text
    assert "→ Only if question 1 is “No”.\nWhy not? (choose all that apply)\nRain Harvest" in text
    assert ",000 VND" in text
    assert "Sổ họp · version 7 · page /" in text
    assert "double" not in text


def test_boxes_are_drawn_one_a_digit_and_one_a_choice(printed: Callable[..., Document]) -> None:
    document = printed(CLUB)
    assert boxes(row_of(document, "Có họp không?")._tr) == 2
    assert boxes(row_of(document, "Vì sao?")._tr) == 2
    assert boxes(row_of(document, "Bao nhiêu người?")._tr) == 3
    assert boxes(row_of(document, "Ngày họp")._tr) == 8
    money = row_of(document, "Quỹ")
    assert boxes(money._tr) == 8
    assert "".join(money.cells[2].text.split()).replace("\u200d", "") == "...000đồng"


def test_markdown_in_labels_is_bold(printed: Callable[..., Document]) -> None:
    (cell, *_) = row_of(printed(CLUB), "Có họp không?").cells[1:]
    bold = [run.text for run in cell.paragraphs[0].runs if run.bold]
    assert bold == ["họp", " *"]


def test_only_times_new_roman_and_no_letter_that_it_lacks(
    make_workbook: Callable[..., Path], tmp_path: Path
) -> None:
    path = write_paper(make_workbook(CLUB), "vi", tmp_path)
    with zipfile.ZipFile(path) as parts:
        body = parts.read("word/document.xml").decode()
        styles = parts.read("word/styles.xml").decode()
    assert not re.search("[☐☑☒✓✗]", body)
    assert set(re.findall(r'w:ascii="([^"]+)"', body)) <= {"Times New Roman"}
    used = set(re.findall(r'<w:pStyle w:val="([^"]+)"', body))
    for style in used | {"Normal"}:
        (found,) = re.findall(rf'<w:style [^>]*w:styleId="{style}".*?</w:style>', styles, re.S)
        assert set(re.findall(r'w:ascii="([^"]+)"', found)) <= {"Times New Roman"}, style


def test_the_footer_counts_pages(printed: Callable[..., Document]) -> None:
    footer = printed(CLUB).sections[0].footer._element
    fields = [field.text for field in footer.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_no_row_is_split_and_headings_stay_with_what_follows(
    printed: Callable[..., Document],
) -> None:
    document = printed(CLUB)
    for table in document.tables:
        for row in table.rows:
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None
    for name in ("Heading 1", "Heading 2"):
        assert document.styles[name].paragraph_format.keep_with_next


def test_a_repeat_is_a_table_with_empty_rows(
    printed: Callable[..., Document], words: Callable[[Document], str]
) -> None:
    document = printed(roster(3))
    table = document.tables[0]
    assert [cell.text for cell in table.rows[1].cells] == [
        "TT",
        "a) Cột số 0",
        "b) Cột số 1",
        "c) Cột số 2",
    ]
    assert [row.cells[0].text for row in table.rows[2:]] == ["1", "2", "3", "4", "5", "6"]
    assert all(row.height.mm >= 9 for row in table.rows[2:])
    assert "1. Thành viên\nMỗi dòng ghi một thành viên. Hết dòng" in words(document)
    headers = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert headers == [True, True, *[False] * 6]


@pytest.mark.parametrize(
    ("columns", "orientations", "tables"),
    [
        (4, [WD_ORIENT.PORTRAIT], 1),
        (6, [WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT], 1),
        (20, [WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT], 3),
    ],
)
def test_many_columns_turn_the_page_and_too_many_are_parted(
    printed: Callable[..., Document], columns: int, orientations: list[WD_ORIENT], tables: int
) -> None:
    document = printed(roster(columns))
    assert [section.orientation for section in document.sections] == orientations
    with_rows = [table for table in document.tables if len(table.rows) > 3]
    assert len(with_rows) == tables
    heads = [cell.text for table in with_rows for cell in table.rows[1].cells]
    assert sum("Cột số" in head for head in heads) == columns


def test_tables_never_touch_or_word_would_make_them_one(
    printed: Callable[..., Document], form_text: Callable[[str], str]
) -> None:
    body = printed(form_text("everything")).element.body
    kinds = [child.tag == qn("w:tbl") for child in body]
    assert kinds.count(True) >= 5
    assert (True, True) not in list(pairwise(kinds))


def test_the_page_is_turned_for_a_wide_table_only(printed: Callable[..., Document]) -> None:
    rows = "\n".join(f"| | text | c{n} | Cột số {n} |" for n in range(6))
    document = printed(
        f"""
        | survey |              |        |              |
        |        | type         | name   | label        |
        |        | text         | before | Trước        |
        |        | begin_group  | people | Người        |
        |        | note         | intro  | Ghi từng người |
        |        | begin_repeat | member | Thành viên   |
        {rows}
        |        | end_repeat   |        |              |
        |        | end_group    |        |              |
        |        | text         | after  | Sau          |
        """
    )
    landscape, portrait = WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT
    assert [section.orientation for section in document.sections] == [portrait, landscape, portrait]
    with_table = next(iter(document.sections[1].iter_inner_content()))
    assert with_table.text == "Phần 1. Người"  # heading and note stand above the table


def test_above_a_table_stands_only_what_holds_for_every_row(
    printed: Callable[..., Document], words: Callable[[Document], str]
) -> None:
    form = """
        | survey |              |        |                 |                     |
        |        | type         | name   | label           | relevant            |
        |        | begin_repeat | member | Thành viên      |                     |
        |        | integer      | sum    | Số tiền         |                     |
        |        | note         | always | Ghi cả tiền lẻ. |                     |
        |        | note         | much   | Xin xem lại.    | ${sum} > 9          |
        |        | note         | odd    | Số tiền lẻ.     | ${sum} mod 7 = 3    |
        |        | end_repeat   |        |                 |                     |
    """
    text = words(printed(form))
    assert "Ghi cả tiền lẻ." in text
    assert "Nếu số ở câu 1a lớn hơn 9: Xin xem lại." in text
    assert "Số tiền lẻ." not in text


def test_a_fixed_number_of_rows_is_drawn(printed: Callable[..., Document]) -> None:
    document = printed(roster(2, "begin_repeat | quarter | Quý | 4"))
    assert [row.cells[0].text for row in document.tables[0].rows[2:]] == ["1", "2", "3", "4"]


def test_choices_in_a_table_are_ticked_when_short_and_coded_when_long(
    printed: Callable[..., Document], words: Callable[[Document], str], form_text
) -> None:
    document = printed(form_text("roster"), "vi")
    text = words(document)
    assert "b) Giới" in text
    assert boxes(document.tables[0].rows[2]._tr) == 2
    longer = """
        | survey |                 |        |            |
        |        | type            | name   | label      |
        |        | begin_repeat    | member | Thành viên |
        |        | select_one kind | kind   | Hoàn cảnh  |
        |        | end_repeat      |        |            |
        | choices |           |      |              |
        |         | list_name | name | label        |
        |         | kind      | poor | Hộ nghèo của xã |
        |         | kind      | near | Hộ cận nghèo của xã |
    """
    text = words(printed(longer))
    assert "a) Hoàn cảnh: Ghi số: 1 = Hộ nghèo của xã; 2 = Hộ cận nghèo của xã." in text


def test_a_repeat_in_a_repeat_says_which_row_it_belongs_to(
    printed: Callable[..., Document], form_text, words: Callable[[Document], str]
) -> None:
    text = words(printed(form_text("everything")))
    assert "Dòng ở câu" in text
    assert "Số dòng phải ghi: theo câu" in text


def test_a_repeat_that_only_holds_another_is_no_table(
    printed: Callable[..., Document], words: Callable[[Document], str]
) -> None:
    text = words(
        printed(
            """
            | survey |              |       |       |
            |        | type         | name  | label |
            |        | begin_repeat | outer | Ngoài |
            |        | begin_repeat | inner | Trong |
            |        | text         | who   | Ai?   |
            |        | end_repeat   |       |       |
            |        | end_repeat   |       |       |
            """
        )
    )
    assert "1. Trong" in text
    assert "Dòng ở câu" not in text


def test_kinds_of_answer(
    printed: Callable[..., Document], form_text, words: Callable[[Document], str]
) -> None:
    document = printed(form_text("everything"))
    text = words(document)
    assert boxes(row_of(document, "Tháng")._tr) == 6
    assert boxes(row_of(document, "Giờ")._tr) == 4
    assert boxes(row_of(document, "Lần tới")._tr) == 12
    assert boxes(row_of(document, "Điểm số")._tr) == 5
    assert "Vĩ độ: Kinh độ:" in text
    assert "Ưu tiên (ghi thứ tự 1, 2, 3…)" in text
    assert "Có kèm ảnh, bản sao" in text
    assert "Đồng ý, xác nhận" in text
    assert "Cảm ơn" in text


def test_an_other_answer_has_a_line_and_long_lists_are_not_printed(
    printed: Callable[..., Document], words: Callable[[Document], str]
) -> None:
    villages = "\n".join(f"| | village | v{n} | Thôn {n} |" for n in range(50))
    text = words(
        printed(
            f"""
            | survey |                            |      |          |
            |        | type                       | name | label    |
            |        | select_one water or_other  | from | Nước từ? |
            |        | select_one village         | home | Thôn     |
            | choices |           |      |       |
            |         | list_name | name | label |
            |         | water     | well | Giếng |
            {villages}
            """
        )
    )
    assert "Giếng\nKhác (ghi rõ):" in text
    assert "Thôn 49" not in text
    assert "Mã (nếu biết): Tên:" in text


def test_an_unknown_language_names_those_there_are(
    make_workbook: Callable[..., Path], tmp_path: Path
) -> None:
    with pytest.raises(ProblemError) as caught:
        write_paper(make_workbook(CLUB), "fr", tmp_path / "out")
    (problem,) = caught.value.problems
    assert problem.code == "paper-language-unknown"
    assert "«vi», «en»" in problem.do.vi
    assert "«vi», «en»" in problem.do.en
    assert not (tmp_path / "out").exists()


def test_a_form_without_languages_is_printed_in_either(
    printed: Callable[..., Document], words: Callable[[Document], str]
) -> None:
    assert "Hết dòng thì ghi tiếp" in words(printed(roster(1), "vi"))
    assert "No rows left?" in words(printed(roster(1), "en"))


def test_a_broken_workbook_is_told_with_its_row(
    make_workbook: Callable[..., Path], tmp_path: Path
) -> None:
    workbook = make_workbook(
        """
        | survey |             |      |       |
        |        | type        | name | label |
        |        | begin_group | a    | A     |
        |        | numbr       | b    | B     |
        """
    )
    with pytest.raises(ProblemError) as caught:
        write_paper(workbook, "vi", tmp_path)
    codes = {problem.code: problem.place.row for problem in caught.value.problems}
    assert codes == {"survey-type-unknown": 3, "survey-group-open": 2}


def test_the_file_is_named_after_form_and_language(
    make_workbook: Callable[..., Path], tmp_path: Path
) -> None:
    odd = CLUB.replace("meeting |", "a/b: c |")
    assert write_paper(make_workbook(odd), "en", tmp_path / "deep" / "er").name == "a-b-c.en.docx"


OFFICE = """
| survey | | | | |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | hint::Tiếng Việt (vi) |
| | select_one_from_file communes.csv | commune | Xã | Commune | Tên mới. Gõ vài chữ để tìm. |
| | select_one_from_file members.csv | member | Ai có trong danh sách trên máy? | Member | |
| | integer | money | Số tiền | Sum | Ba triệu rưỡi thì gõ 3500. |
| | begin_repeat | visit | Từng câu lạc bộ | Each club | |
| | text | club | Tên câu lạc bộ | Name of the club | |
| | integer | men | Số người dự buổi họp của câu lạc bộ ở xã này trong tháng | Men | |
| | end_repeat | | | | |
| | begin_group | summary_page | Xem lại trước khi gửi | Look over before sending | |
| | note | shown | Số tiền ${money} | Sum ${money} | |
| | acknowledge | confirmed | Tôi xác nhận | Confirmed | |
| | end_group | | | | |
| settings | | | |
| | form_title | form_id | default_language |
| | Phiếu thăm · Visit record | visit | Tiếng Việt (vi) |
"""


def test_paper_speaks_of_pens_not_of_phones(
    printed: Callable[..., Document], words: Callable[[Document], str]
) -> None:
    text = words(printed(OFFICE))
    assert text.startswith("Phiếu thăm\nBản giấy")
    assert "Xã (chọn một)\nTên mới.\n" in text
    assert "Ai có trong danh sách?" in text
    assert "Ba triệu rưỡi thì ghi 3500." in text
    assert "Mỗi dòng ghi một câu lạc bộ. Hết dòng" in text
    assert not any(each in text for each in ("Visit", "Gõ", "trên máy", "Xem lại", "xác nhận"))
    assert words(printed(OFFICE, "en")).startswith("Visit record\nPaper version")


def test_of_people_only_the_code_is_asked_for(
    printed: Callable[..., Document], words: Callable[[Document], str]
) -> None:
    text = words(printed(OFFICE))
    assert text.count("Mã (nếu biết): Tên:") == 1
    assert "\nMã:\n" in text


def test_names_have_wide_columns_and_numbers_narrow_ones(printed: Callable[..., Document]) -> None:
    table = next(each for each in printed(OFFICE).tables if "TT" in each.cell(1, 0).text)
    _, name, number = (column.width.mm for column in table.columns)
    assert name > 2 * number
