"""Peers in virtual environments of their own, below ``.bench/``, at the versions named here."""

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.process import PROJECT

HOME = PROJECT / ".bench"
SCRIPTS = Path(__file__).parent / "peers"
PINS: Mapping[str, Sequence[str]] = {
    "dlt": ("dlt[duckdb,parquet]==1.31.0", "duckdb==2.0.0", "pyarrow==26.0.1", "orjson==3.13.0"),
    "kobo2pandas": ("kobo2pandas==0.9.0", "pandas==3.1.1"),
    "docxtpl": ("docxtpl==0.20.2", "matplotlib==3.11.2", "python-docx==1.2.0"),
    "pyodk": ("pyodk==1.3.0",),
    "pykobo": ("pykobo==0.1.7", "pandas==3.1.1"),
}


def peer(name: str) -> str:
    """Give the Python of a peer's environment, made when it is not there yet.

    Raises:
        CalledProcessError: when it cannot be installed.
    """
    home = HOME / name
    note, wanted = home / "pins.txt", "\n".join(PINS[name])
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if note.is_file() and note.read_text(encoding="utf-8") == wanted:
        return str(python)
    shutil.rmtree(home, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    quiet = ("--quiet", "--disable-pip-version-check")
    subprocess.run([str(python), "-m", "pip", "install", *quiet, *PINS[name]], check=True)
    note.write_text(wanted, encoding="utf-8")
    return str(python)


def versions(*names: str) -> str:
    """Give what a section says of the peers' versions."""
    return "; ".join(", ".join(each.replace("==", " ") for each in PINS[name]) for name in names)
