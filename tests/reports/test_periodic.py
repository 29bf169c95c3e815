"""Periodic reports and the club's sheet: who issues them, what people wrote, what is compared."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from programme.folder import Folder
from programme.problem import Exit, ProblemError, Text
from programme.report_settings import USUAL
from programme.settings import load
from reports.catalogue import REPORTS, find_report
from reports.indicators import Figures
from reports.sources import Sources, compute_figures, open_sources
from reports.write import Wanted, write
from tests.reports.checklist import texts

AS_OF = date(2026, 10, 31)
COMMUNE = Wanted("commune_periodic", "05983", "2026-09", "vi")
SHEET = Wanted("club_sheet", "05983-01", "2026-09", "vi")


@pytest.fixture(scope="module")
def sources(world: Folder) -> Sources:
    return open_sources(world, load(world), AS_OF)


@pytest.fixture(scope="module")
def figures(sources: Sources) -> Figures:
    return compute_figures(
        sources,
        [
            (find_report(each.name), sources.place(each.area), sources.period(each.period))
            for each in (COMMUNE, SHEET)
        ],
    )


def head(path: Path) -> list[str]:
    table = docx.Document(str(path)).tables[0]
    return [line for cell in table.rows[0].cells[:1] for line in cell.text.splitlines() if line]


def said(path: Path) -> str:
    return "\n".join(texts(docx.Document(str(path))))


def test_every_report_of_the_catalogue_has_its_content_and_templates(world: Folder) -> None:
    for name, report in REPORTS.items():
        assert callable(import_module(report.module).contents)
        for language in ("vi", "en"):
            assert (world.templates / f"{name}.{language}.docx").is_file()


def test_each_level_issues_its_own_reports(
    sources: Sources, figures: Figures, tmp_path: Path
) -> None:
    commune = write(sources, COMMUNE, tmp_path, figures=figures)
    named = sources.areas.label("05983").upper()
    assert " ".join(head(commune)) == (
        f"HỘI NGƯỜI CAO TUỔI TỈNH LẠNG SƠN HỘI NGƯỜI CAO TUỔI {named}"
    )
    assert "Kính gửi: Hội Người cao tuổi tỉnh Lạng Sơn" in said(commune)
    sheet = write(sources, SHEET, tmp_path, figures=figures)
    assert head(sheet)[0].startswith("HỘI NGƯỜI CAO TUỔI ")
    assert head(sheet)[-1].startswith("CLB SỐ ")


def test_ishc_toml_says_who_issues_the_reports_of_a_level(
    sources: Sources, figures: Figures, tmp_path: Path
) -> None:
    own = replace(
        USUAL["commune"],
        parent=Text("Sở Y tế {province}", "Health Department of {province}"),
        issuer=Text("UBND {area}", "People's Committee of {area}"),
    )
    settings = replace(sources.settings, issuers={**sources.settings.issuers, "commune": own})
    path = write(replace(sources, settings=settings), COMMUNE, tmp_path, figures=figures)
    lines = " ".join(head(path))
    assert lines.startswith("SỞ Y TẾ TỈNH LẠNG SƠN UBND ")


def test_what_people_wrote_is_there_again(
    sources: Sources, figures: Figures, tmp_path: Path
) -> None:
    path = write(sources, COMMUNE, tmp_path, figures=figures)
    document = docx.Document(str(path))
    field = next(
        each
        for each in document.element.iter(qn("w:sdt"))
        if each.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == "text:causes"
    )
    line = next(field.iter(qn("w:t")))
    line.text = "Mưa lũ kéo dài, hai câu lạc bộ không họp được."
    document.save(str(path))
    again = write(sources, COMMUNE, tmp_path, figures=figures)
    assert "Mưa lũ kéo dài, hai câu lạc bộ không họp được." in said(again)
    elsewhere = write(sources, COMMUNE, tmp_path / "elsewhere", figures=figures)
    assert "Mưa lũ kéo dài" in said(elsewhere), "it is the programme that keeps it"


def test_figures_stand_beside_those_of_the_month_before(
    sources: Sources, figures: Figures, tmp_path: Path
) -> None:
    text = said(write(sources, COMMUNE, tmp_path, figures=figures))
    assert "không đổi so với tháng 8 năm 2026 (1)" in text
    assert "So với kỳ trước" in text


def test_one_club_is_asked_for_a_share_of_clubs_by_yes_or_no(
    sources: Sources, tmp_path: Path
) -> None:
    document = docx.Document(str(write(sources, SHEET, tmp_path)))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    (fund,) = [row for row in rows if len(row) == 5 and "từ 50 triệu đồng" in row[1]]
    assert fund[1].startswith("CLB có quỹ") and fund[2] == "có"
    assert (fund[3], fund[4]) in (("có", "Đạt"), ("không", "Chưa đạt"))


def test_the_sheet_lists_the_board_and_the_months_that_are_missing(
    programme: Folder, registers_in: Any, tmp_path: Path
) -> None:
    registers_in(
        programme,
        lambda link: [
            link.execute(
                "UPDATE club_month_expected SET reported = FALSE "
                "WHERE club_code = '05983-01' AND month = '2026-03'"
            ),
            link.execute(
                "DELETE FROM club_month WHERE club_code = '05983-01' AND month = '2026-03'"
            ),
            link.execute(
                "UPDATE board_member SET until = DATE '2026-01-01' "
                "WHERE club_code = '05983-01' AND role = 'secretary'"
            ),
        ],
    )
    own = open_sources(programme, load(programme), AS_OF)
    text = said(write(own, replace(SHEET, period="2026"), tmp_path))
    assert "đã nhận 9/10; còn thiếu: 03/2026" in text
    assert "Chủ nhiệm: Người 1; Phó Chủ nhiệm: Người 2; Kế toán: Người 4" in text


REFUSED: Mapping[str, tuple[Wanted, str, str]] = {
    "a club that there is not": (replace(SHEET, area="05983-77"), "club-unknown", "05983-0"),
    "a sheet of a commune": (replace(SHEET, area="05983"), "report-area", "commune_periodic"),
    "a province's report of a commune": (
        replace(COMMUNE, name="province_periodic"),
        "report-area",
        "--area 20",
    ),
    "a proposal in public": (
        Wanted("award_shortlist", "20", "2026", "vi", public=True),
        "report-internal",
        "--public",
    ),
    "names in public": (replace(SHEET, public=True), "report-names-people", "--public"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_reported_is_told_with_what_can(
    sources: Sources, tmp_path: Path, case: str
) -> None:
    wanted, code, hint = REFUSED[case]
    with pytest.raises(ProblemError) as error:
        write(sources, wanted, tmp_path)
    (problem,) = error.value.problems
    assert problem.code == code
    assert hint in problem.do.vi + problem.what.vi
    assert error.value.exit_status in (Exit.INPUT, Exit.USAGE)
    assert not list(tmp_path.iterdir())
