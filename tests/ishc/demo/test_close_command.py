"""``ishc close``, ``ishc explain CODE`` and batches as they are typed, over the demo's data."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ishc.cli import main
from ishc.demo.run import DemoResult
from programme.problem import Exit

Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def typed(finished_demo: DemoResult, capsys: pytest.CaptureFixture[str]) -> Typed:
    def run(*words: str, before: tuple[str, ...] = ("--lang", "en")) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(finished_demo.folder.root), *before, *words])
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out + told.err

    return run


@pytest.fixture
def closed(finished_demo: DemoResult) -> Iterator[Path]:
    """Where closings lie; nothing is left for the other tests of the demo."""
    place = finished_demo.folder.data / "closed"
    yield place
    shutil.rmtree(place, ignore_errors=True)


def test_a_period_is_closed_once(typed: Typed, closed: Path) -> None:
    status, told = typed("close", "2026-Q3", "--area", "05983")
    assert status == 0 and "Closed 2026-Q3" in told
    status, told = typed("close", "2026-Q3", "--area", "05983")
    assert status == 0 and "that closing stays" in told and "nothing differs" in told
    assert [each.name for each in closed.rglob("closed.json")] == ["closed.json"]
    status, told = typed("close", "2190", "--area", "05983")
    assert status == Exit.USAGE and "close-period-not-over" in told


def test_a_figure_is_explained(typed: Typed) -> None:
    status, told = typed("explain", "D20", "--area", "05983", "--period", "2026-Q3")
    assert status == 0
    assert [word for word in ("SQL:", "Made of", "From monthly reports") if word not in told] == []
    _, told = typed("explain", "members", "--area", "05983", "--period", "2026", before=("--json",))
    (figure,) = json.loads(told)
    assert sum(each["numerator"] for each in figure["parts"]) == figure["figure"]["numerator"]
    status, told = typed("explain", "membres", "--area", "05983", "--period", "2026")
    assert status == Exit.INPUT and "“members”" in told


def test_reports_of_several_areas_are_listed(typed: Typed, tmp_path: Path) -> None:
    options = ("--period", "2026-Q3", "--out", str(tmp_path), "--annex")
    areas = ("--area", "05983", "--area", "06001", "--area", "99999")
    status, told = typed("report", "commune_periodic", *areas, *options)
    assert status == Exit.INPUT and "area-unknown" in told and not list(tmp_path.iterdir())
    status, told = typed("report", "commune_periodic", *areas[:4], *options)
    assert status == 0
    assert len(list(tmp_path.glob("*.docx"))) == len(list(tmp_path.glob("*.xlsx"))) == 2
    status, told = typed("report", "commune_periodic", *areas[:4], *options)
    assert status == 0 and "There already, from the same data: 4" in told
    _, told = typed("report", "--list")
    assert "commune_periodic" in told and "names people" in told


def test_what_is_missing_is_told(typed: Typed) -> None:
    assert typed("report")[0] == Exit.USAGE
    status, told = typed("report", "evaluation", "--area", "20")
    assert status == Exit.USAGE and "--period" in told
