"""Benchmark: the same figures on DuckDB and on a local Spark, and from which size on Spark pays.

``BENCH_SPARK_CLUBS`` says how many clubs the largest set has.
"""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.process import command
from tests.bench.section import Section

SIZES = (200, 2_000)
WORK = "tests.bench.figuring_spark"


def run() -> Section:
    """Measure one pass over all areas and two periods, each engine in a process of its own."""
    most = int(os.environ.get("BENCH_SPARK_CLUBS", SIZES[-1]))
    head = ("clubs", "reports", "engine", "seconds", "of them Spark's start")
    rows = [row for clubs in sorted({SIZES[0], most}) for row in _measured(clubs)]
    prose = (
        "All indicators for the country, kinds of area, provinces and communes, a year and a "
        "phase, over drawn registers. Each engine is a process of its own, once; before times are "
        "taken every cell of both is compared, and they are equal. On one computer Spark pays "
        "at no size that fits it: it is for data that DuckDB cannot hold on one machine."
    )
    return Section("Figures on Spark", prose, [head, *rows])


def _measured(clubs: int) -> list[tuple[str, ...]]:
    with TemporaryDirectory() as folder:
        told = [(engine, _ran(folder, engine, clubs)) for engine in ("duckdb", "spark")]
        cells = {said["cells"] for _, said in told}
        assert len(cells) == 1, "both engines give the same cells"
        return [
            (
                f"{clubs:,}",
                f"{said['reports']:,}",
                engine,
                f"{said['seconds']:.0f} s",
                f"{said['start']:.0f} s" if engine == "spark" else "",
            )
            for engine, said in told
        ]


def _ran(folder: str, engine: str, clubs: int) -> dict[str, float]:
    ran = command([sys.executable, "-m", WORK, str(Path(folder)), engine, str(clubs)])
    if ran.status:
        raise RuntimeError(ran.output)
    told: dict[str, float] = json.loads(
        next(line for line in ran.output.splitlines() if line[:1] == "{")
    )
    return told
