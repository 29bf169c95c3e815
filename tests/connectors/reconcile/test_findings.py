from dataclasses import replace

import openpyxl
import pytest

from connectors.store.cells import safe_text


def sheet(path, title):
    page = openpyxl.load_workbook(path)[title]
    rows = list(page.iter_rows(values_only=True))
    return page, [dict(zip(rows[3], row, strict=True)) for row in rows[4:]]


@pytest.fixture
def reconciled(programme):
    def run():
        programme.receive(
            [
                programme.club("a", "=HYPERLINK(1)"),
                programme.month("m", "06463-01", "2026-09", attendance="@ba mươi"),
                programme.month("x", "06463-77", "2026-09", commune="06466"),
                programme.month("y", "06463-77", "2026-09", commune="../../x"),
            ]
        )
        return programme.reconcile()

    return run


def test_one_workbook_a_commune_with_what_is_wrong_and_what_to_do(programme, reconciled):
    result = reconciled()
    folder = programme.folder.findings
    assert sorted(path.name for path in result.files) == [
        "06463.xlsx", "06466.xlsx", "no-commune.xlsx", "overview.xlsx"
    ]  # fmt: skip
    page, rows = sheet(folder / "06463.xlsx", "Phát hiện")
    assert page.freeze_panes == "A5"
    assert page.auto_filter.ref.startswith("A4:")
    assert page["A2"].value.startswith("Số liệu chốt đến ngày 31/10/2026")
    assert "SỐ LIỆU GIẢ ĐỊNH" in page["A2"].value
    assert {row["Mã kiểm tra"] for row in rows} == {"club_never_inspected", "value_does_not_fit"}
    misfit = next(row for row in rows if row["Mã kiểm tra"] == "value_does_not_fit")
    assert misfit["Biểu mẫu"] == "Báo cáo hoạt động tháng"
    assert "Báo cáo hoạt động tháng" in misfit["Vấn đề"]
    assert misfit["Phiếu số"] == 2
    assert misfit["Tháng"] == "09/2026"


def test_what_looks_like_a_formula_is_text(programme, reconciled):
    reconciled()
    page, rows = sheet(programme.folder.findings / "06463.xlsx", "Phát hiện")
    assert {row["Câu lạc bộ"] for row in rows} == {"'=HYPERLINK(1)"}
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


def test_the_overview_counts_by_check_and_commune(programme, reconciled):
    result = reconciled()
    _, checks = sheet(programme.folder.findings / "overview.xlsx", "Tổng hợp")
    assert {row["Mã kiểm tra"]: row["Số phát hiện"] for row in checks} == +result.findings
    _, communes = sheet(programme.folder.findings / "overview.xlsx", "Theo xã")
    assert [(row["Mã xã"], row["Lỗi"], row["Cần xem lại"]) for row in communes] == [
        ("06463", 0, 2), ("06466", 1, 0), ("no-commune", 1, 0)
    ]  # fmt: skip


def test_workbooks_of_communes_that_mended_everything_go_away(programme, reconciled):
    reconciled()
    programme.delete("x")
    programme.settings = replace(programme.settings, language="en")
    programme.reconcile()
    assert not (programme.folder.findings / "06466.xlsx").exists()
    _, rows = sheet(programme.folder.findings / "06463.xlsx", "Findings")
    assert rows[0]["Severity"] == "Warning"


def test_safe_cells():
    assert safe_text("=1+1") == "'=1+1"
    assert safe_text("\t=1") == "'\t=1"
    assert safe_text("-5") == "'-5"
    assert safe_text("Nà Pàn = đẹp") == "Nà Pàn = đẹp"
    assert safe_text("a\x00b\x0bc\ud800") == "abc"
    assert len(safe_text("x" * 40_000)) == 32_000
