"""(c) What a pull costs the client: processor time for a thousand submissions."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connectors.compare import fetch
from connectors.servers.contract import Server
from connectors.store.raw import RawStore
from connectors.store.versions import Origin
from connectors.work import Tally, Work
from programme.progress import silent
from programme.settings import PullSettings
from tests.bench.process import PROJECT
from tests.bench.section import RUNS, Section

ROWS, SIZE = 10_000, 5_000  # submissions, bytes of each
THOUSANDS = ROWS / 1000


def run() -> Section:
    """Measure fetching into an empty store, the same again, and comparing."""
    new, again = [], []
    with _server() as url:
        for _ in range(RUNS):
            with tempfile.TemporaryDirectory() as folder, _work(url, Path(folder)) as work:
                new.append(_cpu(work))
                again.append(_cpu(work))
                assert (work.tally.new, work.tally.changed) == (ROWS, 0)
    rows = [
        ("client, for 1,000 submissions", "ms of CPU", "bound"),
        ("fetched and stored, all new", f"{statistics.median(new):.0f}", "80"),
        ("fetched again, nothing has changed", f"{statistics.median(again):.0f}", ""),
    ]
    prose = (
        f"{ROWS:,} submissions of {SIZE:,} bytes of JSON with a repeat of twelve rows and a photo "
        "each, in pages of 1,000, from a server in another process on this computer: HTTP, JSON, "
        "checks, hashes, one transaction a page with `synchronous=FULL`, the checkpoint. CPU time "
        "(user and system) of the client's process, medians of five runs."
    )
    return Section("Pull: the client's own time", prose, rows)


def _cpu(work: Work) -> float:
    """Fetch everything; give the milliseconds of CPU for 1,000 submissions."""
    ids = range(1, ROWS + 1)
    started = time.process_time()
    fetch(work, ids, tuple(ids))
    work.store.checkpoint()
    return (time.process_time() - started) * 1000 / THOUSANDS


@contextmanager
def _work(url: str, folder: Path) -> Iterator[Work]:
    with (
        RawStore.open(folder / "store.sqlite") as store,
        Server("kobo", "kobo", url, url, "no-token") as server,
    ):
        yield Work(
            store=store,
            server=server,
            origin=Origin("kobo", "meeting", "aMeeting"),
            moment="2026-11-22T00:00:00Z",
            progress=silent,
            settings=PullSettings(),
            forced=False,
            tally=Tally(),
        )


@contextmanager
def _server() -> Iterator[str]:
    words = [sys.executable, "-m", "tests.bench.canned", str(ROWS), str(SIZE)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()
