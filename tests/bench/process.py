"""Commands measured from outside: their time and the most memory they held."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command took: wall clock and processor (s), most memory (MB), and what it printed."""

    seconds: float
    processor: float
    megabytes: float
    output: str


def python(script: str, *arguments: object) -> Ran:
    """Run a Python script given as text in a process of its own, from the project's folder."""
    return command([sys.executable, "-c", script, *map(str, arguments)])


def command(words: Sequence[str]) -> Ran:
    """Run a command; its exit status does not matter, since refusing is a result too."""
    started = time.perf_counter()
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=PROJECT
    ) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - started
    return Ran(took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)
