"""What broken, dangerous and odd workbooks cost: refused or read within 5 s and 500 MB."""

import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.hostile import make
from tests.bench.process import Ran, python
from tests.bench.section import RUNS, Section

SECONDS, MEGABYTES = 5, 500
SCRIPT = """
import sys
from pathlib import Path
from forms.check import check_forms
problems = check_forms([Path(sys.argv[1])], None, own=False, java=False)
errors = [each.code for each in problems if each.severity == "error"]
print(", ".join(errors) or "accepted")
"""


def run() -> Section:
    """Check every file in a process of its own."""
    with TemporaryDirectory() as folder:
        files = make(Path(folder))
        rows = [
            _row(what, [python(SCRIPT, path) for _ in range(RUNS)]) for what, path in files.items()
        ]
    prose = (
        "`check_forms` without Java, one process a file, its start and imports included; the most "
        f"memory of five runs. Bounds: {SECONDS} s and {MEGABYTES} MB."
    )
    head = ("file", "answer", "seconds", "MB", "within")
    return Section("Forms: broken, dangerous and odd files", prose, [head, *rows])


def _row(what: str, runs: list[Ran]) -> tuple[str, ...]:
    took = statistics.median(each.seconds for each in runs)
    memory = max(each.megabytes for each in runs)
    within = "yes" if took < SECONDS and memory < MEGABYTES else "NO"
    answer = runs[0].output.strip().splitlines()[-1] if runs[0].output.strip() else "?"
    return what, f"`{answer}`", f"{took:.2f}", f"{memory:.0f}", within
