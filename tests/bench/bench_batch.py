"""Every report of a level in one go, by the command: all communes, all provinces."""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from connectors.reconcile.run import reconcile
from connectors.store.raw import RawStore
from programme.folder import Folder, shipped
from programme.settings import load
from tests.bench.process import command
from tests.bench.section import Section
from tests.world.ground import written
from tests.world.scale import Scale, world_patterns
from tests.world.store import put_records

CLUBS, MONTHS = 6_700, 24  # two in a commune
AS_OF = "2026-10-31"
QUARTER = ("2026-Q3",)
YEAR = tuple(f"2026-{month:02d}" for month in range(1, 11))
# report, level, periods, processes, bound
RUNS = (
    ("commune_periodic", "commune", QUARTER, 2, "600 s"),
    ("province_periodic", "province", YEAR, 1, "500 a minute"),
)


def run() -> Section:
    """Measure the command, start of Python and figures included."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = _programme(Path(scratch) / "programme")
        rows = [_row(folder, *each) for each in RUNS]
    head = ("reports", "number", "processes", "seconds", "a minute", "CPU", "peak", "bound")
    prose = (
        f"`ishc report`, for every area at once, over a programme of {CLUBS:,} clubs in all "
        f"communes and {MONTHS} months: a quarter of every commune, {len(YEAR)} months of every "
        "province, from registers to Word files with charts. Start of Python and the computing of "
        "the figures are in it. One run each; the peak is that of one process."
    )
    return Section("Word reports of the whole country in one go", prose, [head, *rows])


def _programme(root: Path) -> Folder:
    folder = written(root)
    ours = shipped() / "reports"
    shutil.copytree(ours / "templates", root / "reports" / "templates")
    for workbook in ours.glob("*.xlsx"):
        shutil.copy(workbook, root / "reports")
    with RawStore.open(folder.store) as store:
        put_records(store, Scale(CLUBS, world_patterns(200, MONTHS)).records())
    reconcile(load(folder), folder, date.fromisoformat(AS_OF))
    return folder


def _row(
    folder: Folder, report: str, level: str, periods: Sequence[str], processes: int, bound: str
) -> tuple[str, ...]:
    ishc = str(Path(sys.executable).with_name("ishc"))
    words = [ishc, "-C", str(folder.root), "report", report, "--area", "VN", "--each", level]
    words += ["--as-of", AS_OF, "--lang", "vi", "--workers", str(processes)]
    ran = command([*words, *(word for period in periods for word in ("--period", period))])
    made = len(list(folder.reports.glob(f"{report}-*.vi.docx")))
    if ran.status or not made:
        raise RuntimeError(ran.output)
    return (
        report,
        f"{made:,}",
        f"{processes}",
        f"{ran.seconds:.0f} s",
        f"{60 * made / ran.seconds:,.0f}",
        f"{ran.processor:.0f} s",
        f"{ran.megabytes:,.0f} MB",
        bound,
    )
