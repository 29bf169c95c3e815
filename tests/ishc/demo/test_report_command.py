"""``ishc report`` as it is typed: what it refuses, with which status, and that nothing is left."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from ishc.cli import main
from ishc.demo.run import DemoResult
from programme.copying import programme_files
from programme.problem import Exit

Report = Callable[..., tuple[int, str]]
YEAR = ("--area", "20", "--period", "2025-11..2026-10", "--as-of", "2026-10-31")


@pytest.fixture
def place(finished_demo: DemoResult, tmp_path: Path) -> Path:
    """A folder of one's own files over the demo's data."""
    root = finished_demo.folder.root
    for file in programme_files(root):
        copy = tmp_path / "place" / file.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    (tmp_path / "place" / "data").symlink_to(finished_demo.folder.data)
    return tmp_path / "place"


@pytest.fixture
def report(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Report:
    def run(*options: str, name: str = "evaluation") -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            out = ("--out", str(tmp_path / "out"))
            main(["-C", str(place), "report", name, *out, *options])
        return int(ended.value.code or 0), capsys.readouterr().err

    return run


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--area", "99", "--period", "2026"), "area-unknown"),
        (("--area", "20", "--period", "2190"), "report-period-future"),
        (("--area", "20", "--period", "2026", "--as-of", "2190-01-01"), "report-as-of-future"),
    ],
)
def test_what_makes_no_sense_is_refused(
    report: Report, tmp_path: Path, options: tuple[str, ...], code: str
) -> None:
    status, told = report(*options)
    assert status in (Exit.INPUT, Exit.USAGE)
    assert code in told
    assert not list(tmp_path.glob("out/*"))


def test_an_unknown_report_is_told_with_the_known_ones(report: Report) -> None:
    status, told = report(*YEAR, name="evaluatoin")
    assert status != Exit.DONE
    assert "có phải «evaluation» không?" in told


def test_an_unknown_name_in_a_template_is_told_and_nothing_is_written(
    report: Report, place: Path, tmp_path: Path
) -> None:
    template = place / "reports" / "templates" / "evaluation.vi.docx"
    document = docx.Document(str(template))
    document.add_paragraph("Số câu lạc bộ: {{ clubz }}")
    document.save(str(template))
    status, told = report(*YEAR)
    assert status == Exit.INPUT
    assert "clubz" in told and "Số câu lạc bộ" in told and "«clubs»" in told
    assert not list(tmp_path.glob("out/*"))


@pytest.mark.parametrize(("name", "hint"), [("tinh.pdf", "tinh.docx --pdf"), ("a.doc", "a.docx")])
def test_a_report_is_a_word_file_or_goes_into_a_folder(
    report: Report, tmp_path: Path, name: str, hint: str
) -> None:
    status, told = report(*YEAR, "--out", str(tmp_path / name))  # the last --out counts
    assert status == Exit.USAGE and "report-out-file" in told
    assert f"{tmp_path / hint.partition(' ')[0]}" in told and hint in told
    assert not (tmp_path / name).exists()
