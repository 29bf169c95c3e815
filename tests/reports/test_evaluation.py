"""The finished province evaluation, both languages, checked as a proof-reader would."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from connectors.store.tables import TableSet
from programme.folder import Folder
from programme.problem import ProblemError
from programme.settings import Settings, load
from reports.write import write_report

AS_OF = date(2026, 10, 31)
Language = Literal["vi", "en"]
ENGLISH = re.compile(
    r"\b(the|and|of|no data|clubs?|members?|persons?|reports?|loans?|months?|target|rating|source|"
    r"not met|met|women|men|share|figures?|baseline|total|million|received|expected|province|"
    r"commune|ward|country|area|grade|exceeded|undefined|none|nan)\b",
    re.IGNORECASE,
)
# names of sources are not translated
NAMES = re.compile(r"helpagevietnam\.org|sustainabledevelopment\.un\.org|talkvietnam")


def written(folder: Folder, out: Path, language: Language, **changes: Any) -> Any:
    settings: Settings = replace(load(folder), synthetic=changes.pop("synthetic", True))
    arguments = {"name": "evaluation", "area": "20", "period": "2025-2030"} | changes
    path = write_report(folder, settings, language=language, as_of=AS_OF, out=out, **arguments)
    return docx.Document(str(path))


@pytest.fixture(scope="module")
def documents(world: Folder, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("reports")
    return {language: written(world, out, language) for language in ("vi", "en")}


@pytest.fixture(params=["vi", "en"])
def document(request: pytest.FixtureRequest, documents: dict[str, Any]) -> Any:
    return documents[request.param]


def all_texts(document: Any) -> Iterator[str]:
    """Every text a reader meets: body, cells, headers, charts, texts of pictures."""
    for part in document.part.package.iter_parts():
        if not str(part.partname).startswith(("/word/document", "/word/header", "/word/charts")):
            continue
        xml = part.blob.decode()
        yield from re.findall(r"<(?:w:t|a:t|c:v)(?: [^>]*)?>([^<]+)<", xml)
        yield from re.findall(r' descr="([^"]+)"', xml)


def table_after(document: Any, caption: str) -> list[list[str]]:
    body = list(document.element.body)
    places = [n for n, each in enumerate(body) if "".join(each.itertext()).startswith(caption)]
    found = next(each for each in body[places[-1] :] if each.tag == qn("w:tbl"))
    table = next(each for each in document.tables if each._tbl is found)
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_head_is_that_of_the_decree(documents: dict[str, Any]) -> None:
    cells = [cell.text for row in documents["vi"].tables[0].rows for cell in row.cells]
    assert "HỘI NGƯỜI CAO TUỔI TỈNH LẠNG SƠN" in cells[0]
    assert cells[1].startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    assert re.fullmatch(r"Số: {4,}/BC-HNCT", cells[2]), "the number is the clerk's to give"
    assert re.fullmatch(r"Lạng Sơn, ngày {4,}tháng {4,}năm *", cells[3]), "and so is the date"


def test_page_and_fonts_are_those_of_the_decree(document: Any) -> None:
    sizes = set()
    for section in document.sections:
        assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (30, 15)
        assert (round(section.top_margin.mm), round(section.bottom_margin.mm)) == (20, 20)
        sizes.add((round(section.page_width.mm), round(section.page_height.mm)))
    assert sizes == {(210, 297), (297, 210)}
    assert "PAGE" in document.sections[0].header._element.xml
    inside = [p for table in document.tables for cell in table._cells for p in cell.paragraphs]
    names = {each.style.name for each in [*document.paragraphs, *inside]}
    used = "".join(document.styles[name].element.xml for name in names)
    fonts = re.findall(r'w:(?:ascii|hAnsi|cs)="([^"]+)"', document.element.xml + used)
    assert set(fonts) == {"Times New Roman"}


def test_period_cut_off_and_proof_are_printed(documents: dict[str, Any]) -> None:
    text = "\n".join(all_texts(documents["vi"]))
    assert "số liệu chốt đến ngày 31/10/2026" in text
    assert "giai đoạn 2025 - 2030" in text
    assert "chưa có lần đối soát đầy đủ nào với máy chủ" in text
    english = "\n".join(all_texts(documents["en"]))
    assert "figures up to 31 Oct 2026" in english


def test_it_ends_as_the_decree_wants(documents: dict[str, Any]) -> None:
    vi = documents["vi"]
    closing = [each.text for each in vi.paragraphs if each.text.endswith("./.")]
    assert len(closing) == 1
    signature = next(t for t in vi.tables if t.rows[0].cells[0].text.startswith("Nơi nhận:"))
    left, right = (cell.text for cell in signature.rows[0].cells)
    assert left.splitlines()[1:] == [
        "- Như trên;",
        "- UBND tỉnh Lạng Sơn;",
        "- Lưu: VT.",
    ]
    assert right.strip().splitlines() == ["TM. BAN CHẤP HÀNH", "CHỦ TỊCH"]


def test_the_body_it_is_sent_to_is_not_a_recipient_once_more(world: Folder, tmp_path: Path) -> None:
    settings = load(world)
    recipients = (settings.report.parent, *settings.report.recipients)
    settings = replace(settings, report=replace(settings.report, recipients=recipients))
    path = write_report(
        world, settings, "evaluation", "20", "2025-2030", "en", AS_OF, tmp_path
    )
    cells = [c.text for t in docx.Document(str(path)).tables for c in t.rows[0].cells]
    left = next(text for text in cells if text.startswith("Recipients:"))
    assert left.splitlines()[1:] == ["- As above;", "- Lạng Sơn People's Committee;", "- File."]


def test_no_english_in_the_vietnamese_report(documents: dict[str, Any]) -> None:
    found = {text for text in all_texts(documents["vi"]) if ENGLISH.search(NAMES.sub("", text))}
    assert not found


def test_no_vietnamese_phrases_in_the_english_report(documents: dict[str, Any]) -> None:
    words = re.compile(r"\b(số liệu|chỉ tiêu|thành viên|báo cáo|tháng|thiếu|xã|phường)\b", re.I)
    assert not {text for text in all_texts(documents["en"]) if words.search(text)}


def test_nothing_of_the_template_is_left(document: Any) -> None:
    text = "\n".join(all_texts(document))
    assert not re.search(r"\{\{|\}\}|\{%|\ue000|\ue001|\bNone\b|\bnan\b", text)


def test_synthetic_data_say_so_on_every_page(
    world: Folder, documents: dict[str, Any], tmp_path: Path
) -> None:
    vi = documents["vi"]
    first = vi.sections[0]
    for header in (first.header, first.first_page_header):
        assert "DỮ LIỆU GIẢ LẬP" in "".join(each.text for each in header.paragraphs)
    for section in vi.sections[1:]:
        assert section.header.is_linked_to_previous
        assert not section.different_first_page_header_footer
    assert any(each.text.startswith("DỮ LIỆU GIẢ LẬP") for each in vi.paragraphs)
    real = written(world, tmp_path, "vi", synthetic=False)
    assert "GIẢ LẬP" not in "\n".join(all_texts(real))
    for header in (real.sections[0].header, real.sections[0].first_page_header):
        assert header.paragraphs, "a header without a paragraph is damaged for Word"


def test_every_table_of_figures_repeats_its_head_and_splits_no_row(document: Any) -> None:
    captioned = [t for t in document.tables if t._tbl.tblPr.find(qn("w:tblCaption")) is not None]
    assert len(captioned) == 11
    for table in captioned:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert len(table.rows) > 1, "no table is empty"
        before = table._tbl.getprevious()
        caption = next(p for p in document.paragraphs if p._p is before)
        assert caption.style.name == "Caption"
        assert caption.style.paragraph_format.keep_with_next, "a caption stays with its table"


def test_tables_fit_between_the_margins(document: Any) -> None:
    widest = {True: 252.5, False: 165.5}
    across = False
    sections = iter(document.sections)
    section = next(sections)
    for element in document.element.body:
        across = section.page_width > section.page_height
        if element.tag == qn("w:tbl"):
            table = next(each for each in document.tables if each._tbl is element)
            assert sum(column.width.mm for column in table.columns) <= widest[across]
        if element.tag == qn("w:p") and element.find(f".//{qn('w:sectPr')}") is not None:
            section = next(sections)


def test_charts_are_native_told_in_words_and_editable(document: Any) -> None:
    parts = [
        part
        for part in document.part.package.iter_parts()
        if str(part.partname).startswith("/word/charts/")
    ]
    assert len(parts) == 7
    for part in parts:
        (workbook,) = (relation.target_part for relation in part.rels.values())
        sheet = openpyxl.load_workbook(BytesIO(workbook.blob)).active
        values = [row[1].value for row in sheet.iter_rows(min_row=2)]
        assert any(values), "no chart is empty"
    described = [each.get("descr") for each in document.element.iter(qn("wp:docPr"))]
    assert len(described) == 7
    assert all(len(text) > 40 for text in described)


def test_targets_are_printed_with_what_they_rest_on(documents: dict[str, Any]) -> None:
    rows = table_after(documents["vi"], "Bảng kết quả thực hiện các chỉ tiêu")
    assert rows[0] == [
        "TT",
        "Chỉ tiêu",
        "ĐVT",
        "Số nền",
        "Mục tiêu",
        "Thực hiện",
        "% đạt (± điểm %)",
        "n/N",
        "Đánh giá",
        "Nguồn",
    ]
    every = next(row for row in rows if "tính trên tất cả thành viên" in row[1])
    assert (every[3], every[5], every[6], every[7], every[8]) == (
        "2,2%\n(31/12/2024)",
        "2,2%",
        "–",
        "52/2.400",
        "Không đánh giá",
    )
    rated = rows[rows.index(every) - 1]
    assert rated[4] == "50%"
    assert rated[8] == "Chưa đạt"
    new = next(row for row in rows if row[1].startswith("Số CLB thành lập mới"))
    assert (new[4], new[5], new[6], new[8]) == ("6.000\n(cả nước)", "0", "–", "Đóng góp")
    delta = next(row for row in rows if "vùng đồng bằng" in row[1])
    assert (delta[5], delta[8]) == ("thiếu số liệu", "Thiếu số liệu")
    assert all(row[1].endswith("*") for row in rows[1:] if row[0].isdigit()), "reconstructed"


def test_notes_say_what_is_not_official(document: Any) -> None:
    text = "\n".join(all_texts(document))
    vietnamese = "chưa phải mẫu hay quy định chính thức" in text
    english = "not an official form or rule" in text
    assert vietnamese or english
    assert "chưa đối chiếu với văn bản gốc" in text or "not compared with the decision" in text
    assert "Số liệu chưa thống nhất" in text or "The published sources do not agree" in text


def test_communes_add_up_and_name_nobody(documents: dict[str, Any]) -> None:
    rows = table_after(documents["vi"], "Số liệu câu lạc bộ theo xã, phường (")
    communes, total = rows[1:-1], rows[-1]
    assert len(communes) == 41
    for column in (2, 3, 4, 5, 6, 7):
        numbers = [int(row[column].replace(".", "")) for row in communes]
        assert sum(numbers) == int(total[column].replace(".", ""))
    assert (total[2], total[3]) == ("46", "2.400")
    assert "Người 1" not in "\n".join(all_texts(documents["vi"]))


def test_english_numbers_are_english(documents: dict[str, Any]) -> None:
    rows = table_after(documents["en"], "Targets and what was achieved")
    every = next(row for row in rows if "out of all members" in row[1])
    assert (every[5], every[7]) == ("2.2%", "52/2,400")


def test_a_province_without_data_says_so_everywhere(world: Folder, tmp_path: Path) -> None:
    empty = written(world, tmp_path, "vi", area="01")
    text = "\n".join(all_texts(empty))
    assert "thiếu số liệu để vẽ biểu đồ" in text
    rows = table_after(empty, "Bảng quy mô")
    members = next(row for row in rows if row[1] == "Số thành viên")
    assert members[4] == "thiếu số liệu"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "province_evaluatoin"}, "report-unknown"),
        ({"area": "99"}, "area-unknown"),
        ({"area": "06463"}, "report-area"),
        ({"period": "2025-2036"}, "period-unknown"),
    ],
)
def test_what_does_not_exist_is_told(
    world: Folder, tmp_path: Path, changes: dict[str, str], code: str
) -> None:
    with pytest.raises(ProblemError) as error:
        written(world, tmp_path, "vi", **changes)
    assert error.value.problems[0].code == code
    assert not list(tmp_path.iterdir())


def test_a_template_with_an_unknown_name_is_told(
    programme: Folder, registers_in: Any, tmp_path: Path
) -> None:
    tables: TableSet = registers_in(programme)
    assert tables.names
    path = programme.templates / "evaluation.vi.docx"
    edited = docx.Document(str(path))
    edited.add_paragraph("{{ targets_tabel }}")
    edited.save(str(path))
    with pytest.raises(ProblemError) as error:
        written(programme, tmp_path / "out", "vi")
    (problem,) = error.value.problems
    assert problem.code == "template-placeholder-unknown"
    assert problem.place.file == "evaluation.vi.docx"
    assert "targets_table" in problem.what.vi
    assert not (tmp_path / "out").exists()


def test_a_line_in_excel_and_a_placeholder_in_word_are_enough(
    programme: Folder, registers_in: Any, tmp_path: Path
) -> None:
    registers_in(programme)
    book = openpyxl.load_workbook(programme.indicators)
    heads = [cell.value.split()[0] for cell in book["indicators"][1]]
    new = {
        "code": "big_clubs",
        "group": "overview",
        "label_vi": "CLB từ 53 người",
        "label_en": "Clubs of 53 and more",
        "unit": "clubs",
        "table": "clubs",
        "where": "active",
        "numerator": "COUNT(*) FILTER (WHERE members >= 53)",
        "source_vi": "Thử",
        "source_en": "Try",
    }
    book["indicators"].append([new.get(head) for head in heads])
    book.save(programme.indicators)
    path = programme.templates / "evaluation.vi.docx"
    template = docx.Document(str(path))
    template.add_paragraph("Có {{ big_clubs }} CLB lớn.")
    template.save(str(path))
    document = written(programme, tmp_path, "vi")
    assert any(each.text == "Có 8 CLB lớn." for each in document.paragraphs)
    assert any(row[1] == "CLB từ 53 người" for row in table_after(document, "Bảng quy mô"))


def test_the_sheet_of_placeholders_names_what_there_is(
    world: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, set[str]] = {}

    def seen(template: Path, values: Any, blocks: Any, *_: Any, **__: Any) -> None:
        given.update(values=set(values), blocks=set(blocks))

    monkeypatch.setattr("reports.write.render", seen)
    settings = load(world)
    write_report(world, settings, "evaluation", "20", "2026", "vi", AS_OF, tmp_path)
    sheet = openpyxl.load_workbook(world.indicators)["placeholders"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert all(all(row) for row in rows), "every name has its kind and both languages"
    named = {row[0] for row in rows if not row[0].startswith("CODE")}
    figures = {name for name in given["values"] if f"{name}_of" in given["values"]}
    endings = ("", "_of", "_target", "_rating", "_known")
    derived = {f"{name}{ending}" for name in figures for ending in endings}
    assert named == given["blocks"] | (given["values"] - derived)


def test_without_tables_the_next_step_is_told(programme: Folder, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as error:
        written(programme, tmp_path, "vi")
    assert error.value.problems[0].code == "tables-missing"


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice and poppler-utils are not installed",
)
def test_pages_as_they_are_printed(documents: dict[str, Any], tmp_path: Path) -> None:
    for language, document in documents.items():
        document.save(str(tmp_path / f"{language}.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    files = [str(tmp_path / f"{language}.docx") for language in documents]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    for language in documents:
        text = subprocess.run(
            ["pdftotext", "-layout", str(tmp_path / f"{language}.pdf"), "-"],
            check=True,
            capture_output=True,
        ).stdout.decode()
        pages = text.split("\f")[:-1]
        assert 12 <= len(pages) <= 18
        for number, page in enumerate(pages, start=1):
            lines = [line.strip() for line in page.splitlines() if line.strip()]
            assert len(lines) > 8, f"page {number} is nearly empty: {lines}"
            assert (lines[0] == str(number)) == (number > 1), "numbered from page 2 on"
            heading = re.match(r"[IV]+\. |[1-6]\. |Bảng |Biểu đồ ", lines[-1])
            assert not heading or lines[-1].endswith("."), (
                f"a heading or caption at the foot of page {number}: {lines[-1]}"
            )
