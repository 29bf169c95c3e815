"""Reconciles killed at random moments: readers see a whole run, the last or the new one."""

import random
import shutil
import signal
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from connectors.reconcile.run import reconcile
from connectors.store.raw import RawStore
from connectors.store.tables import open_tables
from programme.folder import Folder
from programme.settings import load
from tests.soak.forks import FORKS
from tests.world.ground import SOURCE, found
from tests.world.scale import Scale, world_patterns
from tests.world.store import put_records

AS_OF = date(2026, 10, 31)
SLOWEST = 120  # seconds, a reconcile that nobody kills

SHOWN = "after it was shown"

Picture = dict[tuple[bool, str], pa.Table]


def reconcile_once(root: Path) -> None:
    """Reconcile, in a process of its own."""
    folder = Folder(root)
    reconcile(load(folder), folder, AS_OF)


def reconcile_kills(root: Path, wanted: int, seed: int) -> Counter[str]:
    """Kill reconciles after a night at random moments; gives how far they were.

    Each starts from the same evening. While it runs its tables are read over and over; after the
    kill they are those of the evening or of the night, and the next run makes them the night's.
    """
    chance, stages = random.Random(seed), Counter[str]()
    evening = _evening(root / "evening")
    before = picture(evening)
    right, whole = _let_be(_copy(evening, root / "right"))
    assert right != before
    while stages.total() < wanted:
        here = _copy(evening, root / "killed")
        process = FORKS.Process(target=reconcile_once, args=(here.root,))
        process.start()
        ends = time.monotonic() + chance.uniform(0, whole)
        while process.is_alive() and time.monotonic() < ends:
            assert picture(here) in (before, right)
        process.kill()
        process.join()
        stage = _stage(here)
        if process.exitcode == -signal.SIGKILL:
            stages[stage] += 1
        assert picture(here) in (before, right)
        after, _ = _let_be(here)
        if stage == SHOWN:  # then this was one run more, to which no finding is new
            assert _without_findings(after) == _without_findings(right)
        else:
            assert after == right
        shutil.rmtree(here.root)
    return stages


def picture(folder: Folder) -> Picture:
    """Read every table of the run that readers are shown."""
    opened = {each: open_tables(folder, identified=each) for each in (True, False)}
    if opened[True].run != opened[False].run:  # the new run was shown in between
        return picture(folder)
    return {
        (identified, name): pq.read_table(tables.path(name))
        for identified, tables in opened.items()
        for name in tables.names
    }


def _without_findings(tables: Picture) -> Picture:
    return {key: rows for key, rows in tables.items() if not key[1].startswith("finding")}


def _evening(root: Path) -> Folder:
    """Make a programme that was reconciled before the night's records came."""
    folder, settings = found(root)
    lines = [f'[servers.{SOURCE}]\nurl = "https://kobo.example.org"\n']
    lines += [f"[forms.{name}]\n" for name in settings.forms]
    folder.settings.write_text("".join(lines), encoding="utf-8")
    world = Scale(4, world_patterns(clubs=2, months=4))
    with RawStore.open(folder.store) as store:
        put_records(store, world.evening())
        reconcile_once(root)
        put_records(store, world.night())
        store.checkpoint()
    return folder


def _copy(folder: Folder, root: Path) -> Folder:
    shutil.copytree(folder.root, root)
    return Folder(root)


def _let_be(folder: Folder) -> tuple[Picture, float]:
    """Reconcile to the end; gives the tables and how long it took."""
    began = time.monotonic()
    process = FORKS.Process(target=reconcile_once, args=(folder.root,))
    process.start()
    process.join(SLOWEST)
    assert process.exitcode == 0
    return picture(folder), time.monotonic() - began


def _stage(folder: Folder) -> str:
    shown = open_tables(folder).run
    if shown != "000001":
        return SHOWN
    begun = folder.tables / "000002"
    if not begun.is_dir():
        return "before it began"
    return "in the registers" if list(begun.glob("submission.parquet")) else "in the tables"
