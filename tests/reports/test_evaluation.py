"""The evaluation summary of a province and the country: what it says, and what it refuses."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from connectors.store.tables import TableSet
from programme.folder import Folder
from programme.problem import ProblemError
from programme.settings import Settings, load
from reports.catalogue import find_report
from reports.sources import compute_figures, open_sources
from reports.write import Wanted, write, write_report
from tests.reports.checklist import Language, texts

AS_OF = date(2026, 10, 31)


def written(folder: Folder, out: Path, language: Language, **changes: Any) -> Any:
    settings: Settings = replace(load(folder), synthetic=changes.pop("synthetic", True))
    arguments = {"name": "evaluation", "area": "20", "period": "2025-2030"} | changes
    path = write_report(folder, settings, language=language, as_of=AS_OF, out=out, **arguments)
    return docx.Document(str(path))


@pytest.fixture(scope="module")
def documents(world: Folder, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """The evaluation of the province in both languages, from the same figures."""
    out = tmp_path_factory.mktemp("reports")
    sources = open_sources(world, replace(load(world), synthetic=True), AS_OF)
    asked = (find_report("evaluation"), sources.place("20"), sources.period("2025-2030"))
    figures = compute_figures(sources, [asked])

    def opened(language: Language) -> Any:
        wanted = Wanted("evaluation", "20", "2025-2030", language)
        return docx.Document(str(write(sources, wanted, out, figures=figures)))

    return {language: opened(language) for language in get_args(Language)}


@pytest.fixture(params=["vi", "en"])
def document(request: pytest.FixtureRequest, documents: Mapping[str, Any]) -> Any:
    return documents[request.param]


def table_after(document: Any, caption: str) -> list[list[str]]:
    body = list(document.element.body)
    places = [n for n, each in enumerate(body) if "".join(each.itertext()).startswith(caption)]
    found = next(each for each in body[places[-1] :] if each.tag == qn("w:tbl"))
    table = next(each for each in document.tables if each._tbl is found)
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_period_cut_off_and_proof_are_printed(documents: Mapping[str, Any]) -> None:
    text = "\n".join(texts(documents["vi"]))
    assert "số liệu chốt đến ngày 31/10/2026" in text
    assert "giai đoạn 2025 - 2030" in text
    assert "chưa có lần đối soát đầy đủ nào với máy chủ" in text
    english = "\n".join(texts(documents["en"]))
    assert "figures up to 31 Oct 2026" in english


def test_it_ends_as_the_decree_wants(documents: Mapping[str, Any]) -> None:
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
    path = write_report(world, settings, "evaluation", "20", "2025-2030", "en", AS_OF, tmp_path)
    cells = [c.text for t in docx.Document(str(path)).tables for c in t.rows[0].cells]
    left = next(text for text in cells if text.startswith("Recipients:"))
    assert left.splitlines()[1:] == ["- As above;", "- Lạng Sơn People's Committee;", "- File."]


def test_synthetic_data_say_so_on_every_page(
    world: Folder, documents: Mapping[str, Any], tmp_path: Path
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
    assert "GIẢ LẬP" not in "\n".join(texts(real))
    for header in (real.sections[0].header, real.sections[0].first_page_header):
        assert header.paragraphs, "a header without a paragraph is damaged for Word"


def test_targets_are_printed_with_what_they_rest_on(documents: Mapping[str, Any]) -> None:
    rows = table_after(documents["vi"], "Bảng kết quả thực hiện các chỉ tiêu")
    assert rows[0] == [
        "TT",
        "Chỉ tiêu",
        "ĐVT",
        "Số nền",
        "Mục tiêu",
        "Thực hiện (n/N)",
        "% đạt (± điểm %)",
        "Đánh giá",
        "Nguồn",
    ]
    every = next(row for row in rows if "tính trên tất cả thành viên" in row[1])
    assert (every[3], every[5], every[6], every[7]) == (
        "2,2%\n(31/12/2024)",
        "2,2%\n(52/2.400)",
        "–",
        "Không đánh giá",
    )
    rated = rows[rows.index(every) - 1]
    assert rated[4] == "50%"
    assert rated[7] == "Chưa đạt"
    new = next(row for row in rows if row[1].startswith("Số CLB thành lập mới"))
    assert (new[4], new[5], new[6], new[7]) == ("6.000\n(cả nước)", "0", "–", "Đóng góp")
    delta = next(row for row in rows if "vùng đồng bằng" in row[1])
    assert (delta[5], delta[7]) == ("thiếu số liệu", "Thiếu số liệu")
    assert all(row[1].endswith("*") for row in rows[1:] if row[0].isdigit()), "reconstructed"


def test_notes_say_what_is_not_official(document: Any) -> None:
    text = "\n".join(texts(document))
    vietnamese = "chưa phải mẫu hay quy định chính thức" in text
    english = "not an official form or rule" in text
    assert vietnamese or english
    assert "chưa đối chiếu với văn bản gốc" in text or "not compared with the decision" in text
    assert "Số liệu chưa thống nhất" in text or "The published sources do not agree" in text


def test_communes_add_up_and_name_nobody(documents: Mapping[str, Any]) -> None:
    rows = table_after(documents["vi"], "Số liệu câu lạc bộ theo xã, phường (")
    communes, total = rows[1:-1], rows[-1]
    assert len(communes) == 41
    for column in (2, 3, 4, 5, 6, 7):
        numbers = [int(row[column].replace(".", "")) for row in communes]
        assert sum(numbers) == int(total[column].replace(".", ""))
    assert (total[2], total[3]) == ("46", "2.400")
    assert "Người 1" not in "\n".join(texts(documents["vi"]))


def test_english_numbers_are_english(documents: Mapping[str, Any]) -> None:
    rows = table_after(documents["en"], "Targets and what was achieved")
    every = next(row for row in rows if "out of all members" in row[1])
    assert every[5] == "2.2%\n(52/2,400)"


def test_a_province_without_data_says_so_everywhere(world: Folder, tmp_path: Path) -> None:
    empty = written(world, tmp_path, "vi", area="01")
    text = "\n".join(texts(empty))
    assert "thiếu số liệu để vẽ biểu đồ" in text
    missing = next(line for line in text.splitlines() if line.startswith("Chưa có số liệu: "))
    assert "số thành viên;" in missing


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "evaluatoin"}, "report-unknown"),
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
        "over_months": "last",
        "class": "plain",
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


def test_without_tables_the_next_step_is_told(programme: Folder, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as error:
        written(programme, tmp_path, "vi")
    assert error.value.problems[0].code == "tables-missing"
