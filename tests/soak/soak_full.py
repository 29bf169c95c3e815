"""The full numbers of ``make soak``; each test prints what really happened."""

import os
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.soak.kills import kills
from tests.soak.storm import storm
from tests.soak.village import FULL, Scale, Village

PULLED = replace(
    FULL, submissions=600, page=100, changes=60, followed=True
)  # for each of the hundred kills


@pytest.mark.parametrize("seed", range(1, 21))
def test_after_a_storm_everything_is_equal(
    seed: int, village: Callable[[int, Scale], Village]
) -> None:
    began, here = time.monotonic(), village(seed, replace(FULL, followed=seed % 2 == 0))
    storm(here)
    print(
        f"\nstorm {seed}: {time.monotonic() - began:.0f} s; faults {dict(here.weather.happened)};"
        f" changes {dict(here.happened)}; pulls {dict(here.kinds)}"
    )


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
def test_killed_anywhere_and_run_again_nothing_is_lost(
    village: Callable[[int, Scale], Village],
) -> None:
    began, stages = time.monotonic(), kills(village(1, PULLED))
    print(f"\nkills: {stages.total()} in {time.monotonic() - began:.0f} s; {dict(stages)}")
    assert len(stages) > 2
