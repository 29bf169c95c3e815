"""Every periodic report, in both languages, of areas with and without data: nothing to correct."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from programme.folder import Folder
from programme.settings import load
from reports.catalogue import find_report
from reports.indicators import Figures
from reports.sources import Sources, compute_figures, open_sources
from reports.write import Wanted, write
from tests.reports.checklist import Checked, Language, faults, texts

AS_OF = date(2026, 10, 31)
# with data, without data, without a club, of a short and of a long period
ASKED = (
    ("club_sheet", "05983-01", "2026"),
    ("club_sheet", "05983-01", "2026-10"),
    ("commune_periodic", "05983", "2026-10"),
    ("commune_periodic", "05983", "2026-Q3"),
    ("commune_periodic", "00004", "2026-10"),
    ("province_periodic", "20", "2026-Q3"),
    ("province_periodic", "01", "2026-H1"),
    ("national_periodic", "VN", "2026"),
    ("national_periodic", "VN", "2019"),
    ("evaluation", "20", "2025-2030"),
    ("evaluation", "VN", "2020-2025"),
)
PRINTED = (*ASKED[1:2], ASKED[2], ASKED[5])


@pytest.fixture(scope="module")
def sources(world: Folder) -> Sources:
    settings = replace(load(world), synthetic=True)
    return open_sources(world, settings, AS_OF, today=date(2026, 11, 21))


@pytest.fixture(scope="module")
def written(
    sources: Sources, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[tuple[str, str, str, Language], Checked]:
    """Every report, from figures of one pass for each province."""
    figures = {province: _figures(sources, province) for province in ("", "20", "01")}
    out = tmp_path_factory.mktemp("checklist")
    return {
        (*asked, language): Checked(
            write(
                sources, Wanted(*asked, language), out, figures=figures[_province(sources, asked)]
            ),
            language,
            form=asked[0] == "club_sheet",
        )
        for asked in ASKED
        for language in get_args(Language)
    }


def _figures(sources: Sources, province: str) -> Figures:
    asked = [each for each in ASKED if _province(sources, each) == province]
    found = [(find_report(n), sources.place(a), sources.period(p)) for n, a, p in asked]
    return compute_figures(sources, found)


def _province(sources: Sources, asked: tuple[str, str, str]) -> str:
    return sources.place(asked[1]).province


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("asked", ASKED, ids="-".join)
def test_a_proof_reader_finds_nothing(
    written: Mapping[tuple[str, str, str, Language], Checked],
    asked: tuple[str, str, str],
    language: Language,
) -> None:
    assert not faults(written[*asked, language])


@pytest.mark.parametrize("asked", ASKED, ids="-".join)
def test_synthetic_data_and_what_is_not_official_are_told(
    written: Mapping[tuple[str, str, str, Language], Checked], asked: tuple[str, str, str]
) -> None:
    said = "\n".join(texts(written[*asked, "vi"].open()))
    assert "DỮ LIỆU GIẢ LẬP – CHỈ ĐỂ TRÌNH DIỄN" in said
    assert "chưa phải" in said
    assert "quy định chính thức" in said
    assert "chưa đối chiếu với văn bản gốc" in said or asked[2] in ("2019", "2020-2025")
    assert "chưa có lần đối soát đầy đủ nào với máy chủ" in said
    assert "tính bằng 0" in said


def test_only_the_clubs_own_sheet_names_people(
    written: Mapping[tuple[str, str, str, Language], Checked],
) -> None:
    for asked, report in written.items():
        named = any("Người 1" in text for text in texts(report.open()))
        assert named == (asked[0] == "club_sheet"), asked


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice and poppler-utils are not installed",
)
def test_pages_as_they_are_printed(
    written: Mapping[tuple[str, str, str, Language], Checked], tmp_path: Path
) -> None:
    chosen = [written[*asked, language] for asked in PRINTED for language in get_args(Language)]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    files = [str(each.path) for each in chosen]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=240)
    for report in chosen:
        pages = list(_pages(tmp_path / f"{report.path.stem}.pdf"))
        assert not report.form or len(pages) == 1, "the sheet is one page to sign"
        for number, page in enumerate(pages, start=1):
            lines = [line.strip() for line in page.splitlines() if line.strip()]
            assert len(lines) > 5, f"{report.path.name}: page {number} is nearly empty"
            assert (lines[0] == str(number)) == (number > 1), "numbered from page 2 on"


def _pages(pdf: Path) -> Iterator[str]:
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    yield from done.stdout.decode().split("\f")[:-1]
