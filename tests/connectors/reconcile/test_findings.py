from dataclasses import replace
from math import ceil

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from connectors.reconcile.phrases import club_words, sentence
from connectors.store.cells import safe_cell, safe_text
from programme.problem import Text
from programme.settings import ReportSettings

READABLE = 135  # characters across a page of A4: 9 points or more


def sheet(path, title):
    page = openpyxl.load_workbook(path)[title]
    rows = list(page.iter_rows(values_only=True))
    return page, [dict(zip(rows[3], row, strict=True)) for row in rows[4:]]


def send(programme):
    programme.receive(
        [
            programme.club("a", "=HYPERLINK(1)"),
            programme.month("m", "06463-01", "2026-09", attendance="@ba mươi"),
            programme.month("x", "06463-77", "2026-09", commune="06475"),
            programme.month("y", "06463-77", "2026-09", commune="../../x"),
        ]
    )


@pytest.fixture(scope="module")
def reconciled(tmp_path_factory, schemas, fresh):
    """A programme whose findings were written in Vietnamese, to be looked at only."""
    programme = fresh(tmp_path_factory.mktemp("findings") / "programme", schemas)
    programme.settings = replace(
        programme.settings, report=ReportSettings(issuer=Text("Hội tỉnh", "The Association"))
    )
    send(programme)
    programme.result = programme.reconcile()
    return programme


def test_one_workbook_a_commune_with_what_is_wrong_and_what_to_do(reconciled):
    folder = reconciled.folder.findings
    assert sorted(path.name for path in reconciled.result.files) == [
        "06463.xlsx", "06475.xlsx", "no-commune.xlsx", "overview.xlsx",
        "province-20.xlsx",
    ]  # fmt: skip
    page, rows = sheet(folder / "06463.xlsx", "Phát hiện")
    assert page.freeze_panes == "D5"
    assert page.auto_filter.ref.startswith("A4:")
    assert page["A2"].value.startswith("Số liệu chốt đến ngày 31/10/2026")
    assert "SỐ LIỆU GIẢ ĐỊNH" in page["A2"].value
    assert {row["Mã kiểm tra"] for row in rows} == {"club_never_inspected", "value_does_not_fit"}
    misfit = next(row for row in rows if row["Mã kiểm tra"] == "value_does_not_fit")
    assert misfit["Biểu mẫu"] == "Báo cáo hoạt động tháng"
    assert "Báo cáo hoạt động tháng" in misfit["Vấn đề"]
    assert misfit["Phiếu số"] == 2
    assert misfit["Tháng"] == "09/2026"


def test_on_paper_everything_printed_is_readable_and_nothing_is_cut_off(reconciled):
    page, rows = sheet(reconciled.folder.findings / "06463.xlsx", "Phát hiện")
    header = [cell.value for cell in page[4]]
    printed = header[: column_index_from_string(page.print_area.split("$")[-2])]
    assert set(printed) == {"Mức độ", "Trạng thái", "Câu lạc bộ", "Tháng", "Vấn đề",
                            "Việc cần làm", "Người xử lý"}  # fmt: skip
    # neighbours of one width are one entry of the file
    widths = {header[at - 1]: each.width for each in page.column_dimensions.values()
              for at in range(each.min, each.max + 1)}  # fmt: skip
    assert sum(widths[name] for name in printed) <= READABLE
    assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight) == (True, 0)
    assert page.print_title_rows == "$4:$4"
    for at, row in enumerate(rows, 5):
        for name in printed:
            lines = ceil(len(row[name] or "") / widths[name])
            assert page.row_dimensions[at].height >= 15 * lines, (row, name)
            assert page.cell(at, header.index(name) + 1).alignment.wrap_text
    assert "làm theo cột «Việc cần làm»" in page["A3"].value
    assert "Hội tỉnh" in page["A3"].value
    assert page.row_dimensions[3].height >= 15 * len(page["A3"].value) / READABLE


def test_a_workbook_speaks_one_language(programme, reconciled):
    _, rows = sheet(reconciled.folder.findings / "06463.xlsx", "Phát hiện")
    assert {row["Người xử lý"] for row in rows} == {"câu lạc bộ", "xã, tỉnh"}
    programme.settings = replace(programme.settings, language="en")
    send(programme)
    programme.reconcile()
    page, rows = sheet(programme.folder.findings / "06463.xlsx", "Findings")
    assert {row["Who"] for row in rows} == {"club", "commune, province"}
    assert "send it back to whoever sent you this table" in page["A3"].value


@pytest.mark.parametrize(
    ("name", "code", "vi", "en"),
    [
        ("CLB LTHTGN Nà Pàn", "06463-01", "CLB LTHTGN Nà Pàn (06463-01)",
         "CLB LTHTGN Nà Pàn (06463-01)"),
        ("Câu Lạc Bộ Nà Pàn", None, "Câu Lạc Bộ Nà Pàn", "Câu Lạc Bộ Nà Pàn"),
        ("Nà Pàn", "06463-01", "câu lạc bộ Nà Pàn (06463-01)", "club Nà Pàn (06463-01)"),
        (None, "06463-77", "câu lạc bộ 06463-77", "club 06463-77"),
        (None, None, "câu lạc bộ chưa rõ tên", "club of unknown name"),
    ],
)  # fmt: skip
def test_a_club_is_called_a_club_once(name, code, vi, en):
    words = club_words(name, code)
    assert (words.vi, words.en) == (vi, en)
    assert sentence("{club} họp", {"club": words}, "vi", {}) == f"{vi[0].upper()}{vi[1:]} họp"
    assert sentence("Quỹ của {club}", {"club": words}, "vi", {}) == f"Quỹ của {vi}"


def test_what_looks_like_a_formula_is_text(reconciled):
    page, rows = sheet(reconciled.folder.findings / "06463.xlsx", "Phát hiện")
    assert {row["Câu lạc bộ"] for row in rows} == {"'=HYPERLINK(1) (06463-01)"}
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


def test_the_overview_counts_by_check_and_commune(reconciled):
    _, checks = sheet(reconciled.folder.findings / "overview.xlsx", "Tổng hợp")
    assert {
        row["Mã kiểm tra"]: row["Số phát hiện"] for row in checks
    } == +reconciled.result.findings
    _, communes = sheet(reconciled.folder.findings / "overview.xlsx", "Theo xã")
    assert [(row["Mã xã"], row["Lỗi"], row["Cần xem lại"]) for row in communes] == [
        ("06463", 0, 2), ("06475", 1, 0), ("no-commune", 1, 1)
    ]  # fmt: skip


def test_workbooks_of_communes_that_mended_everything_go_away(programme):
    send(programme)
    programme.reconcile()
    programme.delete("x")
    programme.settings = replace(programme.settings, language="en")
    programme.reconcile()
    assert not (programme.folder.findings / "06475.xlsx").exists()
    _, rows = sheet(programme.folder.findings / "06463.xlsx", "Findings")
    assert rows[0]["Severity"] == "Warning"


def test_safe_cells():
    assert safe_text("=1+1") == "'=1+1"
    assert safe_text("\t=1") == "'\t=1"
    assert safe_text("-5") == "'-5"
    assert safe_text("Nà Pàn = đẹp") == "Nà Pàn = đẹp"
    assert safe_text("a\x00b\x0bc\ud800") == "abc"
    assert len(safe_text("x" * 40_000)) == 32_000
    assert safe_cell(3764999560894296395) == "3764999560894296395"  # Central's; Excel rounds it
    assert [safe_cell(each) for each in (41, -5, None, True)] == [41, -5, None, True]
