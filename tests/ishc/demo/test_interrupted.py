"""Ctrl+C during real work: a sentence, never a traceback, and the next run makes it whole."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors.store.tables import open_tables
from ishc.demo.run import DemoResult
from programme.folder import Folder

INTERRUPTED = 130
STOPPED = "stopped; run it again to go on"
# so many lines told, so many seconds later: in the tables, the registers, the checks, the
# workbooks; ``make soak`` has more
MOMENTS = ((1, 0.0), (4, 0.0), (5, 0.0), (6, 0.0))

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")


def interrupted(
    arguments: Sequence[str], lines: int, seconds: float = 0.0, *python: str, word: str = ""
) -> tuple[int, str]:
    """Run a command and press Ctrl+C after so many lines of progress (with a word) and seconds."""
    with subprocess.Popen(
        [sys.executable, *python, "-m", "ishc.cli", *arguments],
        env={**os.environ, "ISHC_LANG": "en", "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        told: list[str] = []
        while sum(word in line for line in told) < lines and (line := process.stderr.readline()):
            told.append(line)
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        told.append(process.stderr.read())
        status = process.wait(timeout=60)
        # 130 to a shell as well: CPython ends so when C code was importing at that moment
        return INTERRUPTED if status == -signal.SIGINT else status, "".join(told)


def tables(folder: Folder) -> dict[str, pa.Table]:
    """Give the tables, but for the ledger of runs, which grows with each."""
    found = open_tables(folder)
    names = (name for name in found.names if name != "finding_run")
    return {name: pq.read_table(found.path(name)) for name in names}


def assert_stopped(status: int, told: str) -> None:
    assert status == INTERRUPTED, told
    assert STOPPED in told.splitlines(), told
    assert "Traceback" not in told, told


def test_stopped_while_a_library_is_imported(tmp_path: Path) -> None:
    arguments = ["-C", str(tmp_path), "--lang", "en", "reconcile"]
    assert_stopped(*interrupted(arguments, 1, 0.0, "-X", "importtime", word="pyarrow.lib"))


def test_reconcile_stopped_anywhere_says_so_and_the_next_run_is_whole(
    finished_demo: DemoResult, tmp_path: Path
) -> None:
    folder = Folder(tmp_path / "demo")
    shutil.copytree(finished_demo.folder.root, folder.root)
    stopped_and_run_again(folder, MOMENTS)


def stopped_and_run_again(folder: Folder, moments: Sequence[tuple[int, float]]) -> None:
    """Stop a reconcile at each moment; readers have whole tables, and so has the run after all."""
    arguments = ["-C", str(folder.root), "--lang", "en", "reconcile", "--as-of", "2026-10-31"]
    assert b"Findings: 55" in whole_run(arguments)  # with the lists that the demo published last
    expected = tables(folder)
    for lines, seconds in moments:
        # anew, or there are no tables to be stopped in: nothing has changed since the last run
        status, told = interrupted([*arguments, "--rebuild"], lines, seconds)
        if status or not seconds:
            assert_stopped(status, told)
        assert tables(folder) == expected
    assert b"Findings: 55" in whole_run(arguments)
    assert tables(folder) == expected


def whole_run(arguments: list[str]) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "ishc.cli", *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    return done.stdout


@pytest.mark.parametrize(("lines", "seconds"), [(5, 0.3), (13, 0.2)], ids=["sending", "tables"])
def test_the_demo_stopped_says_so(tmp_path: Path, lines: int, seconds: float) -> None:
    arguments = ["--lang", "en", "demo", str(tmp_path / "demo")]
    assert_stopped(*interrupted(arguments, lines, seconds))
