"""Templates that people edit: what is filled, what is refused, and that nothing is half-written."""

from pathlib import Path
from typing import Any

import docx
import pytest

from programme.problem import Problem, ProblemError
from programme.word.charts import WHOLE, ChartContent
from programme.word.page import official_document
from programme.word.tables import Column, Row, TableContent
from reports.figure_text import FigureText
from reports.render import render

TABLE = TableContent("Bảng 1", (Column("A", 40), Column("B", 40)), (Row(("x & <y>", "{{ z }}")),))
CHART = ChartContent("bars", "Biểu đồ", "mô tả", ["a"], [("s", [1])], WHOLE["vi"])
BLOCKS: dict[str, Any] = {"targets_table": [TABLE], "areas_chart": [CHART, "Câu sau biểu đồ."]}


def template(tmp_path: Path, *paragraphs: str) -> Path:
    document = official_document("vi")
    for text in paragraphs:
        document.add_paragraph(text)
    path = tmp_path / "mau.docx"
    document.save(str(path))
    return path


def rendered(tmp_path: Path, *paragraphs: str, **values: object) -> Any:
    out = tmp_path / "out" / "bao-cao.docx"
    render(template(tmp_path, *paragraphs), values, BLOCKS, "vi", out)
    assert [path.name for path in out.parent.iterdir()] == [out.name], "nothing is left beside it"
    return docx.Document(str(out))


def refused(tmp_path: Path, *paragraphs: str, **values: object) -> Problem:
    out = tmp_path / "out.docx"
    out.write_bytes(b"the report of yesterday")
    with pytest.raises(ProblemError) as error:
        render(template(tmp_path, *paragraphs), values, BLOCKS, "vi", out)
    assert out.read_bytes() == b"the report of yesterday"
    assert not list(tmp_path.glob(".*.part"))
    assert error.value.problems[0].place.file == "mau.docx"
    return error.value.problems[0]


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_texts_tables_and_charts_stand_where_their_placeholders_stood(tmp_path: Path) -> None:
    document = rendered(
        tmp_path,
        "Kính gửi: {{ parent }}",
        "{{ targets_table }}",
        "{{ areas_chart }}",
        "Hết.",
        parent="Hội NCT",
    )
    body = [child.tag.split("}")[1] for child in document.element.body]
    assert body == ["p", "p", "tbl", "p", "p", "p", "sectPr"]
    found = texts(document)
    assert found[:3] == ["Kính gửi: Hội NCT", "Bảng 1", "Biểu đồ\n"]
    assert found[-2:] == ["Câu sau biểu đồ.", "Hết."]
    chart, note = document.paragraphs[2], document.paragraphs[3]
    assert chart.paragraph_format.keep_with_next, f"{note.text} stays with its chart"


@pytest.mark.parametrize(
    "hostile",
    ["R&D <b>", "{{ parent }}", "{% for x in y %}", "=HYPERLINK(1)", "a" * 10_000],
)
def test_texts_are_printed_literally(tmp_path: Path, hostile: str) -> None:
    document = rendered(tmp_path, "{{ parent }}", "đoạn sau", parent=hostile)
    assert texts(document) == [hostile, "đoạn sau"]


def test_marks_that_turn_the_direction_of_what_follows_are_left_out(tmp_path: Path) -> None:
    document = rendered(tmp_path, "{{ parent }} đoạn", parent="Hội\u202egnud\u2066 A\x07")
    assert texts(document) == ["Hộignud A đoạn"]


def test_cells_are_printed_literally(tmp_path: Path) -> None:
    table = rendered(tmp_path, "{{ targets_table }}").tables[0]
    assert [cell.text for cell in table.rows[1].cells] == ["x & <y>", "{{ z }}"]


def test_an_unknown_placeholder_is_told_with_the_nearest(tmp_path: Path) -> None:
    problem = refused(tmp_path, "{{ isuer }}", issuer="Hội")
    assert problem.code == "template-placeholder-unknown"
    assert "“isuer”" in problem.what.en
    assert "“issuer”" in problem.what.en
    assert "--placeholders" in problem.do.vi
    assert "issuer" in refused(tmp_path, "{{ zzzzzzzz }}", issuer="Hội").do.vi


def test_an_unknown_placeholder_in_a_header_is_told(tmp_path: Path) -> None:
    document = official_document("vi")
    document.sections[0].header.add_paragraph("{{ no_such_name }}")
    path = tmp_path / "mau.docx"
    document.save(str(path))
    with pytest.raises(ProblemError) as error:
        render(path, {"issuer": "Hội"}, BLOCKS, "vi", tmp_path / "out.docx")
    assert error.value.problems[0].code == "template-placeholder-unknown"


def test_a_table_that_is_not_alone_is_told(tmp_path: Path) -> None:
    problem = refused(tmp_path, "Xem bảng {{ targets_table }} ở trên")
    assert problem.code == "template-block-not-alone"
    assert "targets_table" in problem.what.vi


def test_a_chart_may_stand_in_a_cell(tmp_path: Path) -> None:
    document = official_document("vi")
    document.add_table(1, 2).rows[0].cells[0].text = "{{ areas_chart }}"
    path = tmp_path / "mau.docx"
    document.save(str(path))
    render(path, {}, BLOCKS, "vi", tmp_path / "out.docx")
    cell = docx.Document(str(tmp_path / "out.docx")).tables[0].rows[0].cells[0]
    assert cell.paragraphs[0].text.strip() == "Biểu đồ"


@pytest.mark.parametrize(
    "paragraph",
    [
        "{{ issuer",
        "{% if issuer %}",
        "{{ ''.__class__ }}",
        "{{ issuer.__class__.__mro__ }}",
        "{{ 'a' * 10000000000 }}",
        "{{ 9 ** 9999999 }}",
        "{% for x in range(99999) %}{% for y in range(99999) %}{% endfor %}{% endfor %}",
        "{{ issuer | no_such_filter }}",
        "{{ lipsum() }}",
    ],
)
def test_mistakes_and_attacks_are_refused_with_a_problem(tmp_path: Path, paragraph: str) -> None:
    problem = refused(tmp_path, paragraph, issuer="Hội")
    assert problem.code in ("template-syntax", "template-placeholder-unknown")


def test_a_template_that_is_no_word_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mau.docx"
    for content, code in ((None, "template-missing"), (b"no zip", "template-unreadable")):
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ProblemError) as error:
            render(path, {}, BLOCKS, "vi", tmp_path / "out.docx")
        assert error.value.problems[0].code == code


def test_a_document_that_was_edited_in_word_keeps_its_looks(tmp_path: Path) -> None:
    document = official_document("vi")
    document.styles["Table Cell"].font.italic = True
    document.add_paragraph("{{ targets_table }}")
    path = tmp_path / "mau.docx"
    document.save(str(path))
    render(path, {}, BLOCKS, "vi", tmp_path / "out.docx")
    assert docx.Document(str(tmp_path / "out.docx")).styles["Table Cell"].font.italic


def test_a_mistake_is_told_with_its_paragraph(tmp_path: Path) -> None:
    problem = refused(tmp_path, "Kính gửi {{ issuer }}", "Tại {{ isuer }} và nơi khác", issuer="a")
    assert "đoạn «Tại {{ isuer }} và nơi khác»" in problem.what.vi
    assert "paragraph “Tại {{ isuer }} và nơi khác”" in problem.what.en


@pytest.mark.parametrize(
    ("before", "wrong", "after"),
    [
        ("Đúng {{ issuer }}", "Sai {{ issuer và hết", "Sau {{ issuer }}"),
        ("Đúng {{ issuer }}", "Sai {{ issuer | no_such_filter }}", "Sau {{ issuer }}"),
        ("Đúng {{ issuer }}", "Sai {{ 'a' * 10000000000 }}", "Sau {{ issuer }}"),
        ("{%p if issuer %}", "{%p for x in issuer %}", "{%p endif %}"),
        ("{%p if issuer %}", "{%p endif %}", "{%p if not issuer %}"),
        ("Đúng {{ issuer }}", "{%p endif %}", "Sau {{ issuer }}"),
    ],
)
def test_what_cannot_be_read_is_found_in_its_paragraph(
    tmp_path: Path, before: str, wrong: str, after: str
) -> None:
    problem = refused(tmp_path, before, wrong, after, issuer="Hội")
    assert problem.code == "template-syntax"
    told = after if after == "{%p if not issuer %}" else wrong
    assert f"«{told}»" in problem.what.vi


def test_names_that_people_try_lead_to_the_right_one(tmp_path: Path) -> None:
    names = {"area": "tỉnh", "issuer_name": "Hội", "A1": FigureText("A1", "vi")}
    problem = refused(tmp_path, "{{ province }}", **names)
    assert "“area”" in problem.what.en
    assert "placeholders" in problem.do.vi
    listed = refused(tmp_path, "{{ zzzzzzzz }}", **names).do.en
    assert listed.index("area") < listed.index("A1"), "what is readable comes first"
    assert "targets_table" in listed
    assert "“A1.target”" in refused(tmp_path, "{{ A1_target }}", **names).what.en
