"""The wheel, installed away from the repository, runs the demo."""

import subprocess
import sys
import sysconfig
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_installed_wheel_runs_the_demo_in_an_empty_folder(tmp_path: Path) -> None:
    built, place, empty = (tmp_path / name for name in ("built", "place", "empty"))
    empty.mkdir()
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", built, ".", cwd=REPOSITORY)
    (wheel,) = built.glob("*.whl")

    run(sys.executable, "-m", "venv", "--without-pip", place, cwd=tmp_path)
    programs = place / ("Scripts" if sys.platform == "win32" else "bin")
    python = programs / "python"
    site = Path(
        run(python, "-c", "import sysconfig as s; print(s.get_path('purelib'))", cwd=empty).strip()
    )
    # the dependencies of this environment, without its editable install of the project
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    run(*pip, "--python", python, "install", "--no-deps", wheel, cwd=tmp_path)

    where = run(python, "-c", "import programme; print(programme.__file__)", cwd=empty)
    assert Path(where.strip()).is_relative_to(site)
    said = run(programs / "ishc", "demo", cwd=empty)
    reports = sorted(file.name for file in (empty / "demo" / "data" / "reports").glob("*.docx"))
    assert len(reports) == 2, said
