"""How long the shipped forms take to be checked, with and without Java."""

import statistics
from pathlib import Path

from tests.bench.process import PROJECT, python
from tests.bench.section import RUNS, Section

XLSFORMS = PROJECT / "xlsforms"
# compile with pyxform, then ODK Validate with the form's lists, one Java for all that is named
VALIDATE = """
import sys
from pathlib import Path
from forms.compile import compile_form
from forms.engine.validate import validate
from programme.folder import Folder
media = Folder(Path.cwd()).media
for each in sys.argv[1:]:
    assert validate(compile_form(Path(each)).xml, media) == []
"""
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
    alone = {path.stem: _median(VALIDATE, [path]) for path in workbooks}
    together = _median(VALIDATE, workbooks)
    checked = _median(CHECK, workbooks)
    middle, slowest = statistics.median(alone.values()), max(alone.values())
    rows = [
        ("what", "seconds", "bound"),
        *((f"`{n}` alone", f"{s:.2f}", "") for n, s in alone.items()),
    ]
    rows += [
        (f"all {len(workbooks)} in one process", f"{together:.2f}", ""),
        ("… ÷ the median form alone", f"{together / middle:.2f} ×", "2 ×"),
        ("… ÷ the slowest form alone", f"{together / slowest:.2f} ×", "2 ×"),
        ("`ishc forms check` of all, without Java", f"{checked:.2f}", "2 s"),
    ]
    prose = (
        "Each row is a process of its own, with its start, its imports and its one start of Java: "
        "compiled by pyxform, validated by ODK Validate and opened with its lists."
    )
    return Section("Forms: compile, validate, check", prose, rows)


def _median(script: str, workbooks: list[Path]) -> float:
    return statistics.median(python(script, *workbooks).seconds for _ in range(RUNS))
