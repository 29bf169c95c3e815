"""How long the shipped forms take to be checked, with and without Java."""

import statistics
import sys
from pathlib import Path

from tests.bench.process import PROJECT, command, python
from tests.bench.section import RUNS, Section

XLSFORMS = PROJECT / "xlsforms"
ISHC = Path(sys.executable).with_name("ishc")
# without Java: what an author waits for after every change
CHECK = """
import sys
from pathlib import Path
from forms.check import check_forms
from programme.folder import Folder
problems = check_forms([Path(each) for each in sys.argv[1:]], Folder(Path.cwd()).media, java=False)
assert not [each for each in problems if each.severity == "error"]
"""


def run() -> Section:
    """Measure the forms of this repository."""
    workbooks = sorted(XLSFORMS.glob("*.xlsx"))
    alone = {path.stem: _command(path.stem) for path in workbooks}
    together = _command()
    checked = _without_java(workbooks)
    middle, slowest = statistics.median(alone.values()), max(alone.values())
    rows = [
        ("what", "seconds", "bound"),
        *((f"`{n}` alone", f"{s:.2f}", "") for n, s in alone.items()),
    ]
    rows += [
        (f"all {len(workbooks)} in one process", f"{together:.2f}", ""),
        ("… ÷ the median form alone", f"{together / middle:.2f} ×", "2 ×"),
        ("… ÷ the slowest form alone", f"{together / slowest:.2f} ×", "2 ×"),
        ("all, without Java", f"{checked:.2f}", "2 s"),
    ]
    prose = (
        "`ishc forms check` as a command: its start, the rules, pyxform, one start of Java for all "
        "forms, ODK Validate, and each form opened with its lists. The last row leaves Java out."
    )
    return Section("Forms: compile, validate, check", prose, rows)


def _command(*forms: str) -> float:
    words = [str(ISHC), "-C", str(PROJECT), "forms", "check", *forms]
    return statistics.median(command(words).seconds for _ in range(RUNS))


def _without_java(workbooks: list[Path]) -> float:
    return statistics.median(python(CHECK, *workbooks).seconds for _ in range(RUNS))
