"""The wheel, installed away from the repository, and the demo that it runs, once for all tests."""

import pickle
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.planted import SECRETS

REPOSITORY = Path(__file__).parents[1]
# types ``ishc demo`` and hands over what it made, and the secrets that no file may show
DEMO = """
import pickle, secrets, sys
from pathlib import Path
import ishc.commands.demo as demo
from ishc.cli import main

run_demo, token_hex, kept, made = demo.run_demo, secrets.token_hex, [], []

def kept_hex(*size):
    made.append(token_hex(*size))
    return made[-1]

def kept_demo(*words, **more):
    kept.append(run_demo(*words, **more))
    return kept[-1]

secrets.token_hex, demo.run_demo = kept_hex, kept_demo
try:
    main(["-C", sys.argv[2], "--lang", "vi", "demo"])
finally:
    Path(sys.argv[1]).write_bytes(pickle.dumps((kept, made)))
"""


@dataclass(frozen=True)
class Installed:
    """Where the wheel was installed: an environment's programs and its packages."""

    programs: Path
    site: Path


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program; give what it said."""
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


def install(root: Path) -> Installed:
    """Build the wheel and install it in an environment of its own."""
    built, place = root / "built", root / "place"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", built, ".", cwd=REPOSITORY)
    (wheel,) = built.glob("*.whl")

    run(sys.executable, "-m", "venv", "--without-pip", place, cwd=root)
    programs = place / ("Scripts" if sys.platform == "win32" else "bin")
    python = programs / "python"
    site = Path(
        run(python, "-c", "import sysconfig as s; print(s.get_path('purelib'))", cwd=root).strip()
    )
    # the dependencies of this environment, without its editable install of the project
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    run(*pip, "--python", python, "install", "--no-deps", wheel, cwd=root)
    return Installed(programs, site)


def demo_of(installed: Installed, empty: Path) -> Any:
    """Run the demo of what is installed in an empty folder; give its result."""
    handed = empty.with_name(f"{empty.name}.pickle")
    run(installed.programs / "python", "-c", DEMO, handed, empty, cwd=empty)
    (result,), made = pickle.loads(handed.read_bytes())
    SECRETS.update(made)
    return result
