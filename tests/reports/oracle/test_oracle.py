"""Every figure of the workbook against plain pandas that knows only words, on random registers.

A few here, and one with something of everything; ``make soak`` draws a hundred.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reports.indicators import compute
from reports.indicators.figures import Figure
from reports.periods import Period, parse_period
from tests.reports.oracle.breakdowns import BREAKDOWNS
from tests.reports.oracle.compared import Compared, drawn_communes, with_communes
from tests.reports.oracle.conftest import Ground
from tests.reports.oracle.drawn import Size, draw, write
from tests.reports.oracle.every import ORACLES

PERIODS = ("2026-10", "2026-Q2", "2026-H1", "2025", "2026", "2025-11..2026-10", "2025-2030",
           "2025-2035", "2031-2035", "2020-2025")  # fmt: skip
DAYS = (date(2026, 10, 31), date(2026, 8, 15), date(2026, 3, 31))

sizes = st.builds(
    Size,
    clubs=st.integers(0, 5), months=st.integers(0, 15), members=st.integers(0, 7),
    boards=st.integers(0, 3), unlisted=st.integers(0, 2), loans=st.integers(0, 4),
    events=st.integers(0, 4), visits=st.integers(0, 3), trainings=st.integers(0, 3),
)  # fmt: skip


class Registers:
    """Registers in a folder, as reports are given them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str) -> Path:
        return self._folder / f"{name}.parquet"


def test_every_indicator_has_its_words(ground: Ground) -> None:
    codes = {each.code for each in ground.definitions.indicators}
    assert codes - ORACLES.keys() == set(), "write them down in words/"
    assert ground.definitions.breakdowns.keys() == BREAKDOWNS.keys()
    assert ORACLES.keys() - codes == set(), "no longer in the workbook"


drawn = given(
    seed=st.integers(0, 2**16),
    size=sizes,
    kinds=st.sampled_from(("all", "some", "none")),
    periods=st.lists(st.sampled_from(PERIODS), min_size=1, max_size=4, unique=True),
    as_of=st.sampled_from(DAYS),
)
slow = (HealthCheck.too_slow, HealthCheck.data_too_large)


@settings(max_examples=3, derandomize=True, suppress_health_check=slow)
@example(
    seed=5, size=Size(), kinds="some", as_of=date(2026, 8, 15),
    periods=["2025-2030", "2025-11..2026-10", "2026-Q2"],
)  # fmt: skip
@drawn
def test_every_figure_is_what_the_words_say(
    seed: int, size: Size, kinds: str, periods: list[str], as_of: date, ground: Ground
) -> None:  # fmt: skip
    assert different(seed, size, kinds, periods, as_of, ground) == []


def different(
    seed: int, size: Size, kinds: str, periods: list[str], as_of: date, ground: Ground
) -> list[str]:  # fmt: skip
    """Draw registers and give what the figures have otherwise than the words."""
    shapes = ground.shapes
    rows = draw(seed, size, shapes.registers, shapes.choices)
    communes = drawn_communes(seed, ground.areas, kinds)
    told = with_communes(ground.definitions, communes)
    compared = Compared(rows, shapes.registers, communes, told, as_of)
    asked = [parse_period(each, told.phases) for each in periods]
    with TemporaryDirectory() as folder:
        write(rows, shapes.registers, Path(folder))
        figures = compute(told, Registers(Path(folder)), ground.areas, asked, as_of,
                          levels=("country", "kind", "province", "commune", "club"))  # fmt: skip
        breakdowns = {each.code: each.breakdowns for each in told.indicators}

        def sliced(figure: Figure, period: Period) -> Iterator[str]:
            for each in breakdowns[figure.indicator]:
                slices = figures.slices(figure.code, figure.area_code, period, each)
                for what in compared.sliced(figure, period, each, slices):
                    yield f"by {each} {what}"

        return [
            f"{figure.code} of {area} in {period.name}: {what}"
            for area in figures.areas()
            for period in asked
            for figure in figures.of(area, period)
            if figure.indicator
            for what in (
                *compared.differences(figure, period),
                *compared.around(figure, period),
                *sliced(figure, period),
            )
        ]


@pytest.mark.parametrize("seed", range(2))
def test_equal_seeds_draw_equal_registers(seed: int, ground: Ground) -> None:
    shapes = ground.shapes
    again = [draw(seed, Size(), shapes.registers, shapes.choices) for _ in range(2)]
    assert again[0] == again[1]
    fewer = draw(seed, Size(clubs=2), shapes.registers, shapes.choices)
    assert fewer["club"] == again[0]["club"][:2], "so that examples shrink"
