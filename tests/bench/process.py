"""Commands measured from outside: their time and the most memory they held."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Linux counts the most memory of whoever starts a process as that process's own: so that none
# of ours counts, something small starts it, and tells what it took
LAUNCHER = """
import json, os, subprocess, sys, time
started = time.perf_counter()
process = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(process.pid, 0)
took = time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, status
os.write(int(sys.argv[1]), json.dumps(took).encode())
"""
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command took (s of wall clock and processor, MB at most), printed and returned."""

    seconds: float
    processor: float
    megabytes: float
    output: str
    status: int


def python(script: str, *arguments: object) -> Ran:
    """Run a Python script given as text in a process of its own, from the project's folder."""
    return command([sys.executable, "-c", script, *map(str, arguments)])


def command(words: Sequence[str]) -> Ran:
    """Run a command; its exit status does not matter, since refusing is a result too."""
    mine, its = os.pipe()
    with (
        os.fdopen(mine) as told,
        subprocess.Popen(
            [sys.executable, "-ISc", LAUNCHER, str(its), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=PROJECT,
            pass_fds=(its,),
        ) as process,
    ):
        os.close(its)
        assert process.stdout is not None
        output = process.stdout.read()
        seconds, processor, kilobytes, status = json.load(told)
    return Ran(seconds, processor, kilobytes / 1024, output, os.waitstatus_to_exitcode(status))
