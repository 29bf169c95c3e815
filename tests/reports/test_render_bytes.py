"""Whole documents: the same input gives the same bytes, and programs that read Word open them."""

import shutil
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from lxml import etree
from PIL import Image

from programme.problem import Problem, ProblemError
from programme.word.charts import WHOLE, ChartContent
from programme.word.maps import MapContent
from programme.word.page import official_document
from programme.word.pictures import PictureContent
from programme.word.tables import Column, Row, TableContent
from programme.word.text_field import TextField
from programme.word.tiles import TILES
from reports import pdf
from reports.placeholders import placeholders, write_placeholders
from reports.render import About, render
from tests.reports.templates import template
from tests.reports.test_sentences import figure, shown

ABOUT = About("Báo cáo & <b>", "Hội", date(2026, 10, 31), "try", "20", "2026-10")
HOSTILE = "{{ x }} <b> & =1+1 \u202eabc\x07" + "ư" * 10_000


def blocks(folder: Path) -> dict[str, Any]:
    Image.new("RGB", (300, 200), "grey").save(folder / "anh.jpg")
    (folder / "hong.jpg").write_bytes(b"broken")
    chart = ChartContent(
        "columns", HOSTILE[:60], "mô tả", ["a", "b"], [("s", [1, None])], WHOLE["vi"]
    )
    return {
        "chart": [chart, "Câu sau biểu đồ."],
        "map": [MapContent("Bản đồ", "mô tả", dict.fromkeys(TILES, 5.0))],
        "table": [TableContent("Bảng", (Column("A", 50),), (Row((HOSTILE,)),), ("ghi chú",))],
        "photo": [PictureContent(folder / "anh.jpg", "Ảnh 1", "hai người")],
        "broken": [PictureContent(folder / "hong.jpg", "Ảnh 2", "")],
        "causes": [TextField("causes", "Nguyên nhân", (), "(Nêu nguyên nhân)")],
    }


def made(folder: Path, out: str = "out.docx") -> tuple[Path, list[Problem]]:
    names = ("chart", "map", "table", "photo", "broken", "causes", "chart", "table")
    path = template(folder, "{{ a }}", *(f"{{{{ {name} }}}}" for name in names), "Hết ./.")
    told: list[Problem] = []
    render(path, {"a": HOSTILE}, blocks(folder), "vi", folder / out, about=ABOUT, tell=told.append)
    return folder / out, told


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    first, _ = made(one)
    shutil.copystat(first, first)  # another time of the file changes nothing
    # a template saved at another moment differs in its own zip, and not in the report
    second, _ = made(two)
    assert first.read_bytes() == second.read_bytes()
    assert made(one, "again.docx")[0].read_bytes() == first.read_bytes()


def test_a_document_with_everything_opens_and_is_whole(tmp_path: Path) -> None:
    path, told = made(tmp_path)
    assert [problem.code for problem in told] == ["picture-unreadable"]
    document = docx.Document(str(path))
    assert len(document.tables) == 4, "two tables, a map and its legend"
    assert document.paragraphs[-1].text == "Hết ./."
    properties = document.core_properties
    assert (properties.title, properties.author) == ("Báo cáo & <b>", "Hội")
    assert properties.created is not None
    assert properties.created.date() == date(2026, 10, 31)
    with zipfile.ZipFile(path) as file:
        names = file.namelist()
        assert file.testzip() is None
        for name in names:
            if name.endswith((".xml", ".rels")):
                etree.fromstring(file.read(name))
        books = [name for name in names if name.endswith(".xlsx")]
        assert len(books) == 2, "a chart that stands twice has its workbook twice"
        for name in books:
            openpyxl.load_workbook(BytesIO(file.read(name)))
        text = file.read("word/document.xml").decode()
    identities = [part.split('"')[0] for part in text.split('<wp:docPr id="')[1:]]
    assert len(set(identities)) == len(identities) == 3
    assert "\u202e" not in text


def test_every_relation_leads_to_a_part_and_every_part_has_a_type(tmp_path: Path) -> None:
    path, _ = made(tmp_path)
    with zipfile.ZipFile(path) as file:
        names = set(file.namelist())
        types = etree.fromstring(file.read("[Content_Types].xml"))
        parts = {each.get("PartName", "")[1:] for each in types if each.get("PartName")}
        body = file.read("word/document.xml").decode()
        relations = etree.fromstring(file.read("word/_rels/document.xml.rels"))
    assert parts == {name for name in names if not name.endswith(".rels")} - {"[Content_Types].xml"}
    own = [each for each in relations if each.get("Id").startswith("report")]
    assert own
    assert all(
        f"word/{each.get('Target')}" in names and f'"{each.get("Id")}"' in body for each in own
    )


def test_a_logo_and_a_chart_that_somebody_put_into_the_template_stay(tmp_path: Path) -> None:
    Image.new("RGB", (30, 20), "blue").save(tmp_path / "logo.png")
    document = official_document("vi")
    document.sections[0].header.paragraphs[0].add_run().add_picture(str(tmp_path / "logo.png"))
    document.add_paragraph("{{ chart }}")
    document.save(str(tmp_path / "a.docx"))
    plain = replace(blocks(tmp_path)["chart"][0], caption="Biểu đồ")
    render(tmp_path / "a.docx", {}, {"chart": [plain]}, "vi", tmp_path / "b.docx")
    # a report as a template: its chart has become an official's own
    own = docx.Document(str(tmp_path / "b.docx"))
    own.add_paragraph("{{ chart }}")
    own.save(str(tmp_path / "c.docx"))
    render(tmp_path / "c.docx", {}, blocks(tmp_path), "vi", tmp_path / "d.docx")
    with zipfile.ZipFile(tmp_path / "d.docx") as file:
        names = file.namelist()
    assert sum(name.startswith("word/media/") for name in names) == 1
    assert sum(name.startswith("word/charts/report") for name in names) == 2
    assert sum(name.startswith("word/embeddings/") for name in names) == 2


def test_the_list_of_placeholders_shows_what_each_prints(tmp_path: Path) -> None:
    values = {
        "area": "tỉnh Lạng Sơn",
        "synthetic": True,
        "rows": [{"name": "=A", "count": 5}],
        "A1": shown(figure(), figure(55.0)),
    }
    listed = placeholders(values, blocks(tmp_path), "vi")
    found = {each.written: each for each in listed}
    assert found["{{ chart }}"].kind == "biểu đồ, đoạn ghi chú"
    assert found["{{ area }}"].meaning.startswith("địa bàn")
    assert found["{{ area }}"].example == "tỉnh Lạng Sơn"
    assert found["{% if synthetic %} … {% endif %}"].example == "có"
    assert found["{% for item in rows %} … {% endfor %}"].example == "item.name: =A; item.count: 5"
    assert found["{{ A1 }}"].example == "56,8% (1.234/2.171)"
    assert found["{{ A1.gap }}"].example == "3,2 điểm phần trăm"
    assert found["{% if A1 is not_met %} … {% endif %}"].example == "có"
    assert "còn thiếu" in found["{{ A1 | verdict }}"].example
    assert found['{{ total | plural("câu lạc bộ") }}'].example == "2 câu lạc bộ"
    for name in ("a.xlsx", "a.docx"):
        write_placeholders(tmp_path / name, "try", values, blocks(tmp_path), "en")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet.max_row == len(listed) + 3
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
    table = docx.Document(str(tmp_path / "a.docx")).tables[0]
    assert len(table.rows) == len(listed) + 1


def test_pdf_without_libreoffice_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "libreoffice", lambda: None)
    with pytest.raises(ProblemError) as error:
        pdf.to_pdf([tmp_path / "a.docx"], tmp_path)
    assert error.value.problems[0].code == "pdf-no-libreoffice"


@pytest.mark.skipif(pdf.libreoffice() is None, reason="LibreOffice is not installed")
def test_reports_become_pdf_in_one_start_and_what_fails_is_named(tmp_path: Path) -> None:
    path, _ = made(tmp_path)
    other = tmp_path / "khac.docx"
    shutil.copyfile(path, other)
    found = pdf.to_pdf([path, other], tmp_path / "pdf", seconds=100)
    assert [each.name for each in found] == ["out.pdf", "khac.pdf"]
    assert all(each.read_bytes().startswith(b"%PDF") for each in found)
    assert sorted(each.name for each in (tmp_path / "pdf").iterdir()) == ["khac.pdf", "out.pdf"]
    one, two = (each.read_bytes() for each in found)
    assert one == two, "of the same report, a moment later"
    with pytest.raises(ProblemError) as error:
        pdf.to_pdf([tmp_path / "gone.docx"], tmp_path / "pdf")
    assert error.value.problems[0].code == "pdf-failed"
