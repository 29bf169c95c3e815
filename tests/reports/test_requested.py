"""Reports that cannot mean anything are refused; those that can say little say so."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from programme.folder import Folder
from programme.problem import Exit, Problem, ProblemError, Text
from programme.settings import load
from reports.write import write_report

TODAY = date(2026, 11, 21)
RECONCILED = date(2026, 10, 31)  # last day of the made-up registers


def asked(world: Folder, out: Path, **changes: Any) -> tuple[str, str, list[Problem]]:
    """Make a report; give its name, its text and what was told besides."""
    told: list[Problem] = []
    settings = changes.pop("settings", load(world))
    wanted = {
        "name": "evaluation",
        "area": "20",
        "period": "2025-11..2026-10",
        "language": "vi",
        "as_of": TODAY,
    } | changes
    path = write_report(world, settings, out=out, today=TODAY, tell=told.append, **wanted)
    document = docx.Document(str(path))
    cells = (cell for table in document.tables for cell in table._cells)
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    text = "\n".join(each.text for each in paragraphs).replace("\xa0", " ")
    return path.name, text, told


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"as_of": date(2030, 1, 1)}, "report-as-of-future"),
        ({"as_of": date(2026, 11, 22)}, "report-as-of-future"),
        ({"period": "2027"}, "report-period-future"),
        ({"period": "2031-2035"}, "report-period-future"),
        ({"period": "2026-06..2026-08", "as_of": date(2026, 5, 31)}, "report-period-after"),
        ({"period": "2026-11..2026-11"}, "report-period-not-reconciled"),
        ({"period": "1950"}, "report-period-too-early"),
    ],
)
def test_days_that_make_no_report_are_refused(
    world: Folder, tmp_path: Path, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(ProblemError) as error:
        asked(world, tmp_path, **changes)
    (problem,) = error.value.problems
    assert problem.code == code
    assert problem.do.vi
    assert not list(tmp_path.iterdir())


def test_a_usual_report_tells_nothing_besides(world: Folder, tmp_path: Path) -> None:
    name, text, told = asked(world, tmp_path)
    assert not told
    assert name == "evaluation-20-2025-11_2026-10.vi.docx"
    assert "có 46 câu lạc bộ đang hoạt động" in text
    assert "Nguồn lực huy động trong kỳ theo báo cáo" in text
    assert "trước khi bắt đầu thu thập" not in text


def test_reports_of_different_days_stand_side_by_side(world: Folder, tmp_path: Path) -> None:
    for day in (date(2026, 8, 31), date(2026, 9, 30), TODAY):
        asked(world, tmp_path, as_of=day, period="2026")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "evaluation-20-2026-as-of-2026-08-31.vi.docx",
        "evaluation-20-2026-as-of-2026-09-30.vi.docx",
        "evaluation-20-2026-as-of-2026-10-31.vi.docx",
    ]


def test_registers_that_end_before_the_day_asked_for_are_told(
    world: Folder, tmp_path: Path
) -> None:
    _, text, told = asked(world, tmp_path, period="2026")
    assert [problem.code for problem in told] == ["report-cut-off-earlier"]
    assert told[0].severity == "note"
    assert "31/10/2026" in told[0].what.vi
    assert "số liệu chốt đến ngày 31/10/2026" in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_period_before_collection_prints_published_figures_only(
    world: Folder, tmp_path: Path, language: str
) -> None:
    _, text, told = asked(world, tmp_path, period="2019", language=language)
    assert [problem.code for problem in told] == ["report-before-collection"]
    said = {
        "vi": "Kỳ này kết thúc trước khi bắt đầu thu thập số liệu (tháng 11 năm 2025)",
        "en": "The period ended before data were collected (November 2025)",
    }
    assert said[language] in text
    assert "có thiếu số liệu câu lạc bộ" not in text
    assert "had no data clubs" not in text
    assert "2.985" in text or "2,985" in text, "what was published of the time is there"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_area_without_clubs_is_told_in_sentences_that_read_well(
    world: Folder, tmp_path: Path, language: str
) -> None:
    _, text, told = asked(world, tmp_path, area="01", language=language)
    assert [problem.code for problem in told] == ["report-issuer-elsewhere", "report-area-empty"]
    assert all(problem.severity == "warning" for problem in told)
    first_page = {
        "vi": "chưa có câu lạc bộ nào đang hoạt động trên địa bàn thành phố Hà Nội",
        "en": "hold no club in operation in Hà Nội City",
    }
    assert first_page[language] in text
    for broken in ("0 câu lạc bộ", "với thiếu số liệu", "thiếu số liệu đồng", "(thiếu số liệu)"):
        assert broken not in text
    for broken in (" 0 clubs", "no data VND", "with no data", "(no data)"):
        assert broken not in text


def test_the_head_block_may_name_the_country_or_the_area_itself(
    world: Folder, tmp_path: Path
) -> None:
    settings = load(world)
    country = Text("Hội Người cao tuổi Việt Nam", "Viet Nam Association of the Elderly")
    settings = replace(settings, report=replace(settings.report, issuer=country))
    _, _, told = asked(world, tmp_path, area="01", settings=settings)
    assert [problem.code for problem in told] == ["report-area-empty"]


def test_a_period_without_any_report_is_told(
    programme: Folder, registers_in: Any, tmp_path: Path
) -> None:
    registers_in(
        programme,
        lambda link: [
            link.execute("UPDATE club_month_expected SET reported = FALSE"),
            link.execute("DELETE FROM club_month"),
        ],
    )
    _, text, told = asked(programme, tmp_path)
    assert [problem.code for problem in told] == ["report-without-reports"]
    assert "chưa nhận báo cáo tháng nào trong 552 báo cáo phải có" in text.lower()
    assert "Thiếu số liệu về nguồn lực huy động" in text
    assert "có 46 câu lạc bộ đang hoạt động" in text


def test_a_period_without_new_loans_says_so(
    programme: Folder, registers_in: Any, tmp_path: Path
) -> None:
    registers_in(programme, lambda link: link.execute("UPDATE loan SET lent_on = '2025-09-01'"))
    _, text, _ = asked(programme, tmp_path)
    assert "Trong kỳ không có món vay mới; dư nợ đến ngày 31/10/2026 là" in text
    assert "thiếu số liệu đồng" not in text


@pytest.mark.parametrize("kind", ["below a file", "a folder of that name", "read-only"])
def test_a_place_that_cannot_be_written_to_is_a_problem(
    world: Folder, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "out"
    if kind == "below a file":
        out.write_text("a file", encoding="utf-8")
    elif kind == "a folder of that name":
        (out / "evaluation-20-2025-11_2026-10.vi.docx").mkdir(parents=True)
    else:
        out = Path("/proc/x")
        if not Path("/proc").is_dir():
            pytest.skip("no /proc on this system")
    with pytest.raises(ProblemError) as error:
        asked(world, out)
    assert [problem.code for problem in error.value.problems] == ["report-not-written"]
    assert error.value.exit_status is Exit.STORE
    assert "Word" in error.value.problems[0].do.vi


def test_reports_under_data_are_their_owners_alone(
    programme: Folder, registers_in: Any, tmp_path: Path
) -> None:
    registers_in(programme)
    asked(programme, programme.reports)
    (path,) = programme.reports.iterdir()
    modes = [each.stat().st_mode & 0o777 for each in (programme.data, programme.reports, path)]
    assert modes == [0o700, 0o700, 0o600]
    assert (programme.data / ".gitignore").is_file()
    asked(programme, tmp_path / "elsewhere")
    (shared,) = (tmp_path / "elsewhere").iterdir()
    assert shared.stat().st_mode & 0o077, "outside data/ it is a file like any other"
