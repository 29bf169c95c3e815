"""Spark gives the figures that DuckDB gives, cell by cell; ``make soak`` draws more registers."""

import math
import os
import signal
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from programme.interrupts import heeding
from programme.problem import ProblemError
from reports.indicators import compute
from reports.indicators.engine import Opener, duckdb_engine
from reports.indicators.figures import Figures
from reports.indicators.java import java_version, need_java
from reports.indicators.spark import spark_engine, spark_session
from reports.periods import parse_period
from tests.reports.oracle.compared import drawn_communes, with_communes
from tests.reports.oracle.conftest import Ground
from tests.reports.oracle.drawn import Size, draw, write
from tests.reports.oracle.test_oracle import Registers

AS_OF = date(2026, 8, 31)
# small data: what Spark saves by writing programs for queries, it takes to write them
SMALL = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    # every query is planned once: what Java saves by compiling further, it takes to compile
    "spark.driver.defaultJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
LEVELS = ("country", "kind", "province", "commune", "club")


@pytest.fixture(scope="module")
def spark() -> Iterator[Opener]:
    """One session for all; skipped where there is no Java, but not in CI, which installs it."""
    if not os.environ.get("CI"):
        pytest.importorskip("pyspark", reason="pyspark is not installed (extra spark)")
        if java_version() is None:
            pytest.skip("there is no system Java (17 or 21)")
    with spark_session(settings=SMALL):
        yield spark_engine()


def test_every_cell_is_equal(ground: Ground, spark: Opener, tmp_path: Path) -> None:
    periods = ("2025-11..2026-10", "2026-08")
    assert of_both(5, Size(), periods, ground, spark, tmp_path) == []


def test_ctrl_c_stays_ours_beside_spark(spark: Opener) -> None:
    with pytest.raises(KeyboardInterrupt), heeding():
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:  # as a library may
            raise RuntimeError("Query interrupted") from None
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def of_both(
    seed: int, size: Size, asked: Sequence[str], ground: Ground, spark: Opener, folder: Path
) -> list[str]:
    """Draw registers and give every cell that the engines have otherwise than each other."""
    rows = draw(seed, size, ground.shapes.registers, ground.shapes.choices)
    write(rows, ground.shapes.registers, folder)
    told = with_communes(ground.definitions, drawn_communes(seed, ground.areas, "some"))
    periods = [parse_period(each, told.phases) for each in asked]

    def computed(engine: Opener) -> Figures:
        return compute(told, Registers(folder), ground.areas, periods, AS_OF, levels=LEVELS,
                       engine=engine)  # fmt: skip

    ours, theirs = computed(duckdb_engine), computed(spark)
    return list(different(ours, theirs))


def different(ours: Figures, theirs: Figures) -> Iterator[str]:
    """Tell every cell of every figure and breakdown that is not the same."""
    assert ours.areas() == theirs.areas()
    assert ours.begun == theirs.begun
    tables = {each.code: each.table for each in ours.definitions.indicators}
    breakdowns = {each.code: each.breakdowns for each in ours.definitions.indicators}
    for area in ours.areas():
        for period in ours.periods:
            pairs = zip(ours.of(area, period), theirs.of(area, period), strict=True)
            for one, other in pairs:
                where = f"{one.code} of {area} in {period.name}"
                for name in one.__slots__:
                    left, right = getattr(one, name), getattr(other, name)
                    if not equal(left, right, tables.get(one.indicator, "")):
                        yield f"{where}: {name} {left!r} {right!r}"
                for breakdown in breakdowns.get(one.indicator, ()):
                    parts = [each.slices(one.code, area, period, breakdown)
                             for each in (ours, theirs)]  # fmt: skip
                    if parts[0] != parts[1]:
                        yield f"{where} by {breakdown}: {parts}"


def equal(one: object, other: object, table: str) -> bool:
    """Compare exactly; weights of a survey are no whole numbers, and each engine adds them up in
    its own order, which moves the last bits of the sum."""
    if table == "surveys" and isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-14)
    return one == other


def test_another_java_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(ProblemError) as none:
        need_java()
    assert [each.code for each in none.value.problems] == ["spark-java"]
    assert "không có Java" in none.value.problems[0].what.vi
    old = tmp_path / "bin" / "java"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_442\"' >&2\n", encoding="utf-8")
    old.chmod(0o755)
    with pytest.raises(ProblemError, match="Java 8"):
        need_java()
