"""Benchmark: every figure of the country, its provinces, communes and kinds of area, by month.

``BENCH_CLUBS`` says how many clubs the largest world has; the requirement speaks of 20,000.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq

from connectors.store.tables import TableSet
from tests.bench.process import Ran, command
from tests.bench.registers_at_scale import write_registers
from tests.bench.section import Section

SMALL, REQUIRED = 1_000, 20_000  # clubs
MONTHS = 120
BOUND = "60 s, 2,000 MB"
COUNTED = ("club_month", "member", "loan_event")


def run() -> Section:
    """Compute everything at two sizes, each in a process of its own."""
    most = int(os.environ.get("BENCH_CLUBS", "5000"))
    sizes = sorted({min(SMALL, most), most})
    rows, found = [], []
    for clubs in sizes:
        counts, ran, told = _computed(clubs)
        found.append((clubs, ran, told))
        rows.append(_row(clubs, counts, ran, told))
    told = found[-1][2]
    prose = (
        f"All {told['indicators']} indicators ({told['lines']} lines with their targets) of "
        f"{told['areas']:,} areas (the country, 34 provinces, 3,321 communes, kinds of area) in "
        f"{MONTHS} months, with their breakdowns, from registers in Parquet to figures that are "
        "saved; a process of its own, start of Python and guard included. Registers of "
        "100 clubs that went the whole way from filled forms, copied with other codes to other "
        f"communes. {_bound(most)}"
    )
    head = ("clubs", "reports", "members", "loan events", "time", "processor", "memory", "saved")
    bound = (
        f"bound at {REQUIRED:,}",
        "",
        "",
        "",
        BOUND.split(", ", maxsplit=1)[0],
        "",
        BOUND.split(", ")[1],
        "",
    )
    return Section("Figures: all of them in one pass", prose, [head, *rows, bound])


def _bound(most: int) -> str:
    if most >= REQUIRED:
        return ""
    return (
        f"The bound is for {REQUIRED:,} clubs, which were not run here: "
        f"`BENCH_CLUBS={REQUIRED} python -m tests.bench figures` does, with 2 GB of disk."
    )


def _computed(clubs: int) -> tuple[Mapping[str, int], Ran, dict[str, Any]]:
    with TemporaryDirectory() as scratch:
        tables = write_registers(Path(scratch) / "registers", clubs, MONTHS)
        counts = _counts(tables)
        out = str(Path(scratch) / "figures")
        words = [sys.executable, "-m", "tests.bench.figuring", str(tables.root), str(MONTHS), out]
        ran = command(words)
    if ran.status:
        raise RuntimeError(ran.output)
    return counts, ran, json.loads(ran.output.splitlines()[-1])


def _counts(tables: TableSet) -> dict[str, int]:
    return {name: pq.read_metadata(tables.path(name)).num_rows for name in COUNTED}


def _row(clubs: int, counts: Mapping[str, int], ran: Ran, told: Mapping[str, Any]) -> list[str]:
    return [
        f"{clubs:,}",
        *(f"{counts[name]:,}" for name in COUNTED),
        f"{ran.seconds:.0f} s",
        f"{ran.processor:.0f} s",
        f"{ran.megabytes:,.0f} MB",
        f"{told['bytes'] / 1e6:.0f} MB",
    ]
