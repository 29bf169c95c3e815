"""One pass on one engine, in a process of its own: ``FOLDER duckdb|spark CLUBS``."""

import json
import sys
import time
from contextlib import nullcontext
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq

from programme.areas import load_areas
from programme.folder import Folder, shipped
from reports.indicators import compute, load_definitions
from reports.indicators.engine import duckdb_engine
from reports.indicators.spark import spark_engine, spark_session
from reports.periods import parse_period
from tests.reports.oracle.conftest import empty_registers
from tests.reports.oracle.drawn import Size, draw, write
from tests.reports.oracle.test_oracle import Registers

AS_OF = date(2026, 10, 31)
PERIODS = ("2026", "2025-2030")


def main(folder: Path, engine: str, clubs: int) -> None:
    """Draw the registers once, compute on one engine, and tell what it took."""
    registers = folder / "registers"
    if not registers.is_dir():
        registers.mkdir()
        shapes = empty_registers(folder / "programme")
        size = Size(clubs=clubs, months=22, members=40, loans=20)
        write(draw(1, size, shapes.registers, shapes.choices), shapes.registers, registers)
    areas = load_areas(Folder(shipped()).xlsforms)
    definitions = load_definitions(Folder(shipped()).indicators, areas)
    periods = [parse_period(each, definitions.phases) for each in PERIODS]
    started = time.perf_counter()
    with spark_session() if engine == "spark" else nullcontext():
        start = time.perf_counter() - started
        figures = compute(
            definitions, Registers(registers), areas, periods, AS_OF,
            engine=spark_engine() if engine == "spark" else duckdb_engine,
        )  # fmt: skip
        seconds = time.perf_counter() - started
    cells = sha256()
    for area in figures.areas():
        for period in periods:
            for each in figures.of(area, period):
                if each.indicator and not each.indicator.startswith("survey_"):
                    cells.update(repr((each.code, each.numerator, each.denominator)).encode())
    reports = pq.read_metadata(registers / "club_month.parquet").num_rows
    told = {"seconds": seconds, "start": start, "reports": reports, "cells": cells.hexdigest()}
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
