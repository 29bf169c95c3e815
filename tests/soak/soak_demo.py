"""What the demo does at moments and in numbers that would take ``make test`` too long."""

import shutil
from pathlib import Path

import pytest

from ishc.demo.run import DemoResult, run_demo
from programme.folder import Folder
from tests.ishc.demo.test_interrupted import stopped_and_run_again

# so many lines told, so many seconds later; one with seconds may come when all is done
MOMENTS = [(line, tenth / 10) for line in range(1, 7) for tenth in range(5)]


def test_a_demo_that_is_run_again_is_the_same(finished_demo: DemoResult, tmp_path: Path) -> None:
    shutil.copytree(finished_demo.folder.root, tmp_path / "demo")
    again = run_demo(tmp_path / "demo", language="en")
    assert again.outcomes == finished_demo.outcomes
    assert again.reconciled.rows == finished_demo.reconciled.rows
    assert {each.name for each in again.reports} == {each.name for each in finished_demo.reports}
    assert again.reports[0].name.endswith(".en.docx")


@pytest.mark.parametrize(("lines", "seconds"), MOMENTS)
def test_reconcile_stopped_anywhere_says_so_and_the_next_run_is_whole(
    lines: int, seconds: float, finished_demo: DemoResult, tmp_path: Path
) -> None:
    folder = Folder(tmp_path / "demo")
    shutil.copytree(finished_demo.folder.root, folder.root)
    stopped_and_run_again(folder, [(lines, seconds)])
