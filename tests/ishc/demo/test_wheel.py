"""The wheel, installed away from the repository, runs the demo."""

from pathlib import Path

from ishc.demo.run import DemoResult
from tests.installed import Installed, run


def test_the_installed_wheel_runs_the_demo_in_an_empty_folder(
    installed: Installed, finished_demo: DemoResult
) -> None:
    empty = finished_demo.folder.root.parent
    python, ishc = installed.programs / "python", installed.programs / "ishc"
    where = run(python, "-c", "import programme; print(programme.__file__)", cwd=empty)
    assert Path(where.strip()).is_relative_to(installed.site)
    assert "demo" in run(ishc, "--help", cwd=empty)
    reports = (empty / "demo" / "data" / "reports").glob("*.docx")
    assert len(list(reports)) == 2
