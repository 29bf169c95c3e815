"""The annex holds every figure, below Excel's row limit, and nothing in it is run."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from reports.annex import annex_name, write_annex
from reports.content.data import ReportData
from reports.indicators.figures import Figures
from reports.privacy import public_figures
from reports.sheet_book import Link, Sheet, SheetRow, columns_in, write_sheets
from reports.sources import Sources
from reports.write import Wanted, check, report_data


@pytest.fixture
def data(sources: Sources, whole: Figures) -> ReportData:
    wanted = Wanted("province_periodic", "20", "2026", "vi")
    return report_data(sources, *check(sources, wanted, print), wanted, whole)


def test_every_figure_of_the_area_and_its_communes_is_in_it(data: ReportData, out: Path) -> None:
    write_annex(data, out, private=False)
    book = openpyxl.load_workbook(out)
    sheet = book["2026"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    found = {(row[0], row[2]): row[5] for row in rows}
    assert found["20", "members"] == 2400
    inside = [code for code in data.figures.areas("commune") if "20" in data.figures.around(code)]
    assert {row[0] for row in rows} >= {"20", *inside} and len(inside) == 65
    assert sheet.freeze_panes == "A2"
    assert book.sheetnames[:2] == ["Đọc trước", "2026"] and "Câu lạc bộ" in book.sheetnames


def test_rows_that_do_not_fit_go_to_further_sheets(data: ReportData, out: Path) -> None:
    write_annex(data, out, private=False, most_rows=1_000)
    book = openpyxl.load_workbook(out, read_only=True)
    parts = [name for name in book.sheetnames if name.startswith("2026 20")]
    assert len(parts) > 2
    assert all((book[name].max_row or 0) <= 1_000 for name in parts)


def test_the_public_annex_hides_what_the_report_hides(data: ReportData, out: Path) -> None:
    public = replace(data, figures=public_figures(data.figures), public=True)
    write_annex(public, out, private=False)
    book = openpyxl.load_workbook(out)
    values = {row[5] for row in book["2026"].iter_rows(min_row=2, values_only=True)}
    assert {"dưới 5", "(ẩn)"} <= values
    assert "Vấn đề về số liệu" not in book.sheetnames


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\x00<b>{{ x }}", "a" * 40_000])
def test_what_people_wrote_stays_text(text: str, data: ReportData, out: Path) -> None:
    columns = columns_in([(data.report.title, "text")], "vi")
    rows = [SheetRow((text,), {}), SheetRow((Link("xem", "https://example.org"),), {})]
    write_sheets(out, [text], [Sheet("[a]/*", "x", columns, rows)], "vi", data.as_of, private=True)
    first = out.read_bytes()
    book = openpyxl.load_workbook(out)
    cell = book.worksheets[1]["A2"]
    assert cell.data_type == "s" and cell.value == text.replace("\x00", "")[:32_000]
    assert out.stat().st_mode & 0o077 == 0
    write_sheets(out, [text], [Sheet("[a]/*", "x", columns, rows)], "vi", data.as_of, private=True)
    assert out.read_bytes() == first


def test_an_annex_is_named_after_its_report() -> None:
    named = annex_name("evaluation-20-2026-as-of-2026-10-31.vi.docx")
    assert named == "evaluation-20-2026-as-of-2026-10-31-annex.vi.xlsx"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "annex.xlsx"
