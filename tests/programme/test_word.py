"""The Word primitives write what Decree 30/2020/NĐ-CP and a good table want."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from programme.word.charts import WHOLE, WHOLE_PERCENT, ChartContent, chart_parts, drawing
from programme.word.head import Head, head_block, signature_block
from programme.word.page import add_section, official_document
from programme.word.styles import ensure_styles
from programme.word.tables import Column, Row, TableContent, build_table

CHART = ChartContent(
    kind="bars",
    caption="Quỹ & vốn <b>",
    alt="Ba CLB: “một” < hai & ba",
    categories=["Xã Chi Lăng", "R&D <b>", "Phường Đông Kinh"],
    series=[("Thực hiện", [2400, None, 52]), ("Mục tiêu", [100, 200, 300])],
    number_format=WHOLE["vi"],
)


def saved(document: Any, tmp_path: Path) -> Any:
    document.save(str(tmp_path / "a.docx"))
    return docx.Document(str(tmp_path / "a.docx"))


def test_page_is_a4_with_the_margins_of_the_decree(tmp_path: Path) -> None:
    document = official_document("vi")
    add_section(document, landscape=True)
    upright, across = saved(document, tmp_path).sections
    assert (round(upright.page_width.mm), round(upright.page_height.mm)) == (210, 297)
    assert (round(across.page_width.mm), round(across.page_height.mm)) == (297, 210)
    for section in (upright, across):
        edges = (section.left_margin, section.right_margin, section.top_margin)
        assert [round(edge.mm) for edge in edges] == [30, 15, 20]
        assert round(section.bottom_margin.mm) == 20


def test_page_number_stands_in_the_top_margin_from_page_two(tmp_path: Path) -> None:
    document = official_document("vi")
    add_section(document)
    first, second = saved(document, tmp_path).sections
    assert "PAGE" in first.header._element.xml
    assert "PAGE" not in first.first_page_header._element.xml
    assert first.different_first_page_header_footer
    assert not second.different_first_page_header_footer, "later sections number every page"
    assert second.header.is_linked_to_previous


@pytest.mark.parametrize(("language", "locale"), [("vi", "vi-VN"), ("en", "en-GB")])
def test_every_style_is_times_new_roman_and_black(language: Any, locale: str) -> None:
    document = official_document(language)
    normal = document.styles["Normal"].element
    assert normal.rPr.find(qn("w:lang")).get(qn("w:val")) == locale
    for name in ("Normal", "Body Text", "Heading 1", "Heading 2", "Caption", "Table Cell"):
        fonts = document.styles[name].element.rPr.rFonts
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            assert fonts.get(qn(f"w:{kind}")) == "Times New Roman"
        assert not [key for key in fonts.attrib if key.endswith("Theme")]
        assert str(document.styles[name].font.color.rgb) == "000000"
    assert document.styles["Body Text"].font.size.pt == 13
    assert document.styles["Heading 1"].paragraph_format.keep_with_next


def test_styles_that_an_official_changed_stay_changed() -> None:
    document = official_document("vi")
    document.styles["Table Cell"].font.size = Pt(9)
    ensure_styles(document, "vi")
    assert document.styles["Table Cell"].font.size == Pt(9)


def test_head_block_has_country_motto_and_room_for_the_clerk() -> None:
    document = official_document("vi")
    head_block(document, Head("HỘI A", "HỘI B", "Số:      /BC-HNCT", "Lạng Sơn, ngày"), "vi")
    table = document.tables[0]
    left, right = (cell.paragraphs for cell in table.rows[0].cells)
    assert [each.text for each in left[:2]] == ["HỘI A", "HỘI B"]
    assert [each.text for each in right[:2]] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert not left[0].runs[0].bold, "the parent body is not bold"
    assert left[1].runs[0].bold, "the issuer is bold"
    assert right[0].runs[0].bold
    dated = table.rows[1].cells[1].paragraphs[0]
    assert dated.runs[0].italic
    assert table.rows[1].cells[0].text == "Số:      /BC-HNCT"
    rules = table._tbl.findall(f".//{qn('w:pBdr')}")
    assert len(rules) == 2, "a rule below the issuer and one below the motto"


def test_signature_stands_beside_the_recipients() -> None:
    document = official_document("vi")
    signature_block(document, ["- Như trên;", "- Lưu: VT."], "TM. BAN", "CHỦ TỊCH", "vi")
    left, right = document.tables[0].rows[0].cells
    assert [each.text for each in left.paragraphs] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    title = left.paragraphs[0].runs[0]
    assert (title.bold, title.italic, title.font.size.pt) == (True, True, 12)
    assert [each.text for each in right.paragraphs[:2]] == ["TM. BAN", "CHỦ TỊCH"]


def many_rows(count: int) -> TableContent:
    columns = (Column("TT", 10, "centre"), Column("Chỉ tiêu", 60), Column("Số", 30, "right"))
    rows = [Row((str(n), f"CLB ^({n})^", "1.234")) for n in range(count)]
    return TableContent("Bảng số liệu", columns, (Row(("Nhóm",), band=True), *rows))


def test_table_repeats_its_head_and_splits_no_row() -> None:
    table = build_table(official_document("vi"), many_rows(40))
    properties = [row._tr.trPr for row in table.rows]
    assert properties[0].find(qn("w:tblHeader")) is not None
    assert all(each.find(qn("w:tblHeader")) is None for each in properties[1:])
    assert all(each.find(qn("w:cantSplit")) is not None for each in properties)
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Bảng số liệu"


def test_table_properties_stand_in_the_order_of_the_schema() -> None:
    table = build_table(official_document("vi"), many_rows(2))
    order = "tblStyle tblW jc tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription"
    found = [child.tag.split("}")[1] for child in table._tbl.tblPr]
    assert found == [name for name in order.split() if name in found]
    for cell in table._tbl.iter(qn("w:tcPr")):
        parts = [child.tag.split("}")[1] for child in cell]
        assert parts == sorted(parts, key=["tcW", "gridSpan", "shd", "vAlign"].index)


def test_widths_and_marks_of_cells() -> None:
    table = build_table(official_document("vi"), many_rows(2))
    assert [round(cell.width.mm) for cell in table.rows[2].cells] == [10, 60, 30]
    runs = table.rows[2].cells[1].paragraphs[0].runs
    assert [(run.text, bool(run.font.superscript)) for run in runs] == [
        ("CLB ", False),
        ("(0)", True),
    ]


def test_short_tables_stay_whole_and_bands_stay_with_their_rows() -> None:
    short = build_table(official_document("vi"), many_rows(5))
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in short.rows]
    assert kept[1:-1] == [True] * 5
    assert not kept[-1]
    long = build_table(official_document("vi"), many_rows(40))
    assert long.rows[1].cells[0].paragraphs[0].paragraph_format.keep_with_next
    assert not long.rows[5].cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_chart_is_native_and_its_workbook_opens() -> None:
    chart, workbook = chart_parts(CHART)
    xml = chart.decode()
    assert "<c:barChart>" in xml
    assert "R&amp;D &lt;b&gt;" in xml, "texts are printed literally"
    assert 'externalData r:id="rId1"' in xml
    assert '<c:roundedCorners val="0"/>' in xml
    sheet = openpyxl.load_workbook(BytesIO(workbook)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == [None, "Thực hiện", "Mục tiêu"]
    assert rows[1] == ["Xã Chi Lăng", 2400, 100]
    assert rows[2] == ["R&D <b>", None, 200], "no data is an empty cell, not 0"


def test_a_name_that_looks_like_a_formula_is_a_text_in_the_workbook() -> None:
    chart = replace(CHART, categories=["=1+1", "@a", "-b"], series=[("=HYPERLINK(1)", [1, 2, 3])])
    sheet = openpyxl.load_workbook(BytesIO(chart_parts(chart)[1])).active
    assert [cell.data_type for cell in sheet["A"][1:]] == ["s", "s", "s"]
    assert sheet["B1"].value == "=HYPERLINK(1)"
    assert sheet["B1"].data_type == "s"


def test_series_differ_without_colour() -> None:
    series = [(f"s{number}", [1, 2, 3]) for number in range(6)]
    bars = chart_parts(replace(CHART, kind="stacked_columns", series=series))[0].decode()
    fills = re.findall(r"<c:ser>.*?<c:spPr>(.*?)</c:spPr>", bars, re.S)
    assert len(set(fills)) == 6
    lines = chart_parts(replace(CHART, kind="line", series=series))[0].decode()
    assert len(set(re.findall(r'<c:symbol val="(\w+)"', lines))) == 6


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert chart_parts(CHART) == chart_parts(CHART)


def test_chart_has_text_for_those_who_cannot_see_it() -> None:
    properties = parse_xml(
        drawing(CHART, "rId7", 5).replace("<w:drawing>", f"<w:drawing {nsdecls('w')}>")
    ).find(f".//{qn('wp:docPr')}")
    assert properties.get("descr") == CHART.alt
    assert properties.get("name") == CHART.caption


@pytest.mark.parametrize("kind", ["bars", "columns", "stacked_bars", "stacked_columns", "line"])
def test_every_kind_of_chart_is_drawn(kind: Any) -> None:
    chart = ChartContent(kind, kind, "alt", ["a", "b"], [("s", [50, -3])], WHOLE_PERCENT)
    xml = chart_parts(chart)[0].decode()
    assert f"c:{'lineChart' if kind == 'line' else 'barChart'}>" in xml
    assert '<c:min val="0"' not in xml, "what fell below zero is seen"
