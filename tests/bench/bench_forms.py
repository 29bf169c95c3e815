"""How long the shipped forms take to be checked, with and without Java."""

import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.process import PROJECT, Ran, command, python
from tests.bench.section import RUNS, Section

XLSFORMS = PROJECT / "xlsforms"
ISHC = Path(sys.executable).with_name("ishc")
# the same command on a computer without Java
WITHOUT_JAVA = """
import importlib.util, sys
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "jpype" else found(name, *more)
from ishc.cli import main
main(["-C", sys.argv[1], "forms", "check"])
"""


def run() -> Section:
    """Measure the forms of this repository, in rounds, so that a busy minute touches all alike."""
    workbooks = sorted(XLSFORMS.glob("*.xlsx"))
    rounds = [[_command(path.stem) for path in workbooks] + [_command()] for _ in range(RUNS)]
    without = [python(WITHOUT_JAVA, PROJECT) for _ in range(RUNS)]
    *alone, together = [_Median.of(runs) for runs in zip(*rounds, strict=True)]
    names = [f"`{path.stem}` alone" for path in workbooks] + [f"all {len(workbooks)}"]
    rows = [("what", "seconds", "of processor", "bound")]
    rows += [each.row(name) for name, each in zip(names, [*alone, together], strict=True)]
    for name, pick in (("median", statistics.median), ("slowest", max)):
        wall = together.seconds / pick([each.seconds for each in alone])
        processor = together.processor / pick([each.processor for each in alone])
        rows.append((f"all ÷ the {name} form", f"{wall:.2f} ×", f"{processor:.2f} ×", "2 ×"))
    rows.append(_Median.of(without).row("all, without Java", "2 s"))
    prose = (
        "`ishc forms check` as a command: its start, the rules, pyxform, one start of Java for all "
        "forms, ODK Validate, and each form opened with its lists. The last row: the same command "
        "where Java is missing. "
        "On a busy machine the seconds of the processor tell more than those of the clock."
    )
    return Section("Forms: compile, validate, check", prose, rows)


@dataclass(frozen=True, slots=True)
class _Median:
    """The median times of some runs, in seconds."""

    seconds: float
    processor: float

    @classmethod
    def of(cls, runs: Sequence[Ran]) -> "_Median":
        """Take both medians."""
        return cls(
            statistics.median(each.seconds for each in runs),
            statistics.median(each.processor for each in runs),
        )

    def row(self, name: str, bound: str = "") -> tuple[str, str, str, str]:
        """Write a row of the table."""
        return name, f"{self.seconds:.2f}", f"{self.processor:.2f}", bound


def _command(*forms: str) -> Ran:
    return command([str(ISHC), "-C", str(PROJECT), "forms", "check", *forms])
