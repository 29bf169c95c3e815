"""Figures in full numbers: a hundred drawn sets of registers, and eight of them on Spark."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from reports.indicators.engine import Opener
from tests.reports.oracle.conftest import Ground, ground, shapes
from tests.reports.oracle.drawn import Size
from tests.reports.oracle.test_engines import of_both, spark
from tests.reports.oracle.test_oracle import different, drawn, slow

__all__ = ["ground", "shapes", "spark"]  # fixtures

SMALL, LONG = Size(clubs=6, members=9, unlisted=0), Size(clubs=3, months=14)
ON_SPARK = [
    *((seed, Size(), ("2025-2030",)) for seed in (5, 6, 7)),
    *((seed, SMALL, ("2025-11..2026-10", "2026-08")) for seed in (8, 9)),
    *((seed, LONG, ("2026", "2026-Q2")) for seed in (3, 4, 10)),
]


@settings(max_examples=100, suppress_health_check=slow)
@drawn
def test_every_figure_is_what_the_words_say(
    seed: int, size: Size, kinds: str, periods: list[str], as_of: date, ground: Ground
) -> None:
    assert different(seed, size, kinds, periods, as_of, ground) == []


@pytest.mark.parametrize(("seed", "size", "periods"), ON_SPARK)
def test_spark_gives_what_duckdb_gives(
    seed: int, size: Size, periods: tuple[str, ...], ground: Ground, spark: Opener, tmp_path: Path
) -> None:
    assert of_both(seed, size, periods, ground, spark, tmp_path) == []
