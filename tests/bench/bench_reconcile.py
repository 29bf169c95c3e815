"""Benchmark: what the centre's analyst waits for every night, and a rebuild of everything.

``BENCH_CLUBS`` says how many clubs the largest world has. The 20,000 of the requirement need 35 GB
of disk and an hour; without it the world fits on a laptop.
"""

import json
import os
import random
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from connectors.store.flatten import flatten
from connectors.store.parquet import Pair
from connectors.store.pseudonym import Pseudonyms
from connectors.store.raw import RawStore
from connectors.store.tables import open_tables
from programme.folder import Folder
from tests.bench.process import Ran, command
from tests.bench.section import Section, seconds
from tests.world.clones import ClubPattern
from tests.world.ground import found, written
from tests.world.recompute import differences
from tests.world.records import schemas
from tests.world.scale import Scale, world_patterns
from tests.world.store import put_records

SMALL, USUAL, REQUIRED = 2_000, 5_000, 20_000  # clubs, over 120 months
REBUILDS = {SMALL: 3}
RECOMPUTED = 1_000  # clubs whose registers pandas makes once more
BEFORE = "2026-10-30"
DAY = "2026-10-31"
PARTS = ("tables", "registers", "checks", "workbooks")
BOUNDS = {"rebuild": "900 s", "night": "120 s, 2,000 MB"}
MONTHLY = "monthly_activity_report"
PEER = 10_000  # reports that pandas takes apart too
# what became of findings goes on from run to run
OF_THE_RUN = frozenset({"finding", "finding_mended", "finding_run"})


@dataclass(frozen=True, slots=True)
class Measured:
    """Runs of one kind at one size; times are medians."""

    kind: str
    clubs: int
    submissions: int
    runs: Sequence[tuple[Ran, dict[str, Any]]]
    recomputed: int = 0

    @property
    def seconds(self) -> float:
        """From start to end, start of Python included."""
        return statistics.median(ran.seconds for ran, _ in self.runs)

    def row(self) -> tuple[str, ...]:
        """As a line of the table."""
        said = [told["spent"] for _, told in self.runs]
        parts = (statistics.median(each.get(part, 0.0) for each in said) for part in PARTS)
        return (
            self.kind,
            f"{self.clubs:,}",
            f"{self.submissions:,}",
            f"{self.seconds:.0f} s",
            *(f"{part:.0f}" for part in parts),
            f"{statistics.median(ran.processor for ran, _ in self.runs):.0f}",
            f"{max(ran.megabytes for ran, _ in self.runs):,.0f} MB",
            BOUNDS[self.kind] if self.clubs == REQUIRED else "",
        )


def run(largest: int | None = None) -> Section:
    """Measure a rebuild and a night at two sizes; the tables of both are compared.

    Args:
        largest: clubs of the larger world; by default what ``BENCH_CLUBS`` says.
    """
    most = largest or int(os.environ.get("BENCH_CLUBS", USUAL))
    sizes = (SMALL, most) if most > SMALL else (most,)
    patterns = world_patterns()
    measured = [each for clubs in sizes for each in _measured(Scale(clubs, patterns))]
    head = ("run", "clubs", "submissions", "seconds", *PARTS, "CPU", "peak", "bound")
    growth = {kind: _growth([each for each in measured if each.kind == kind]) for kind in BOUNDS}
    prose = (
        "Clubs with 50 members, ten years of monthly reports and about 100 loan events each, in "
        "the raw store before; `ishc reconcile` as a process of its own: tables of the forms, "
        "registers with their codes, checks, workbooks of findings. A rebuild takes nothing over; "
        "a night comes after it with new and edited submissions, the edits scattered over all "
        f"clubs. At {sizes[0]:,} clubs medians of {REBUILDS.get(sizes[0], 1)} rebuilds, else one "
        "run. **Equal first:** after the night every table is equal, row for row, to "
        "that of a rebuild of the same store (findings apart, which remember when they were first "
        f"seen), and the registers of {measured[-1].recomputed:,} clubs drawn at random are what "
        "plain pandas makes of the forms once more. The night has a later cut-off date than the "
        f"run before it. Seconds for ten times the clubs, from {sizes[0]:,} to {sizes[-1]:,}: "
        f"{growth['rebuild']} in a rebuild, {growth['night']} in a night. {_bound(most)}"
        f"{_peer(patterns)}"
    )
    return Section("Reconciling: a night, and a rebuild of everything",
                   prose, [head, *(each.row() for each in measured)])  # fmt: skip


def _bound(most: int) -> str:
    if most == REQUIRED:
        return ""
    return (
        f"The bound of {BOUNDS['night']} is for {REQUIRED:,} clubs, which were not run here: "
        f"`BENCH_CLUBS={REQUIRED} python -m tests.bench reconcile` does, on 35 GB of disk. "
    )


def _growth(measured: Sequence[Measured]) -> str:
    if len(measured) < 2:
        return "not measured"
    first, last = measured[0], measured[-1]
    tenfold = last.seconds / first.seconds * 10 * first.clubs / last.clubs
    return f"{tenfold:.1f} times as many"


def _measured(scale: Scale) -> list[Measured]:
    with TemporaryDirectory() as scratch:
        folder = written(Path(scratch) / "programme")
        with RawStore.open(folder.store) as store:
            evening = put_records(store, scale.evening()).total()
            store.checkpoint()
        rebuilds = [
            _reconciled(folder, BEFORE, "rebuild") for _ in range(REBUILDS.get(scale.clubs, 1))
        ]
        _reconciled(folder, BEFORE)  # findings are new once
        with RawStore.open(folder.store) as store:
            night = put_records(store, scale.night(), seen="2026-11-02T20:00:00").total()
            store.checkpoint()
        after = _reconciled(folder, DAY)
        assert not after[1]["anew"], after
        clubs = _recompute(folder)
        _compare(folder)
    return [
        Measured("rebuild", scale.clubs, evening, rebuilds),
        Measured("night", scale.clubs, night, [after], clubs),
    ]


def _recompute(folder: Folder) -> int:
    """Compare the registers of some clubs with what pandas makes of the forms; give how many."""
    tables = open_tables(folder, identified=True)
    codes = pq.read_table(tables.path("club"), columns=["club_code"]).column(0).to_pylist()
    drawn = random.Random(RECOMPUTED).sample(sorted(codes), min(RECOMPUTED, len(codes)))
    different = differences(tables, drawn)
    assert not different, different
    return len(drawn)


def _reconciled(folder: Folder, day: str, *more: str) -> tuple[Ran, dict[str, Any]]:
    words = [sys.executable, "-m", "tests.bench.reconciling", str(folder.root), day, *more]
    ran = command(words)
    if ran.status:
        raise RuntimeError(ran.output)
    return ran, json.loads(next(line for line in ran.output.splitlines() if line[:1] == "{"))


def _compare(folder: Folder) -> None:
    """Compare the tables of the last run with those of a rebuild; raise where they differ."""
    ours = {each: open_tables(folder, identified=each) for each in (True, False)}
    _reconciled(folder, DAY, "rebuild")
    for identified, mine in ours.items():
        right = open_tables(folder, identified=identified)
        assert mine.names == right.names
        for name in set(right.names) - OF_THE_RUN:
            one, other = mine.path(name), right.path(name)
            assert _equal(one, other) or _sorted(one).equals(_sorted(other)), name


def _equal(one: Path, other: Path) -> bool:
    """Compare two tables row for row, a column at a time."""
    schemas_of = [pq.read_schema(path) for path in (one, other)]
    return schemas_of[0].equals(schemas_of[1]) and all(
        pq.read_table(one, columns=[column]).equals(pq.read_table(other, columns=[column]))
        for column in schemas_of[0].names
    )


def _sorted(path: Path) -> pa.Table:
    """Give a register without an order of its own in one."""
    table = pq.read_table(path)
    return table.sort_by(
        [(each.name, "ascending") for each in table.schema if not pa.types.is_nested(each.type)]
    )


def _peer(patterns: Sequence[ClubPattern]) -> str:
    """Let pandas take the same reports apart, without types and ledgers."""
    reports = (each for each in Scale(2_000, patterns).records() if each.form == MONTHLY)
    sent = list(islice(reports, PEER))
    with TemporaryDirectory() as scratch, RawStore.open(Path(scratch) / "store.sqlite") as store:
        put_records(store, sent)
        folders = [Path(scratch) / name for name in ("identified", "tables")]
        for each in folders:
            each.mkdir()
        pair, schema = Pair(*folders, Pseudonyms(b"k" * 32)), schemas([MONTHLY])[MONTHLY]
        zone = found(Path(scratch) / "programme")[1].timezone
        ours = seconds(lambda: flatten(schema, store.submissions(MONTHLY), pair, zone=zone))
    theirs = seconds(lambda: pd.json_normalize([orjson.loads(each.body) for each in sent]))
    return (
        f"Taking {PEER:,} reports apart: {ours:.1f} s from the store into typed Parquet, twice; "
        f"`pandas.json_normalize` {theirs:.1f} s into one frame of texts, "
        f"{theirs / ours:.1f} times as long."
    )
