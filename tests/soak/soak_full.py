"""The full numbers of ``make soak``; each test prints what really happened."""

import os
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.soak.ground import FULL, Scale
from tests.soak.kills import kills
from tests.soak.storm import storm
from tests.soak.village import Village

# for each of the hundred kills; many small pages to be killed between
PULLED = replace(FULL, submissions=800, page=20, changes=80, followed=True)


def _kind(seed: int) -> Scale:
    """Give every kind of pull and of server to a quarter of the runs."""
    return replace(FULL, followed=seed % 2 == 0, older=seed % 4 > 1)


@pytest.mark.parametrize("seed", range(1, 21))
def test_after_a_storm_everything_is_equal(
    seed: int, village: Callable[[int, Scale], Village]
) -> None:
    began, here = time.monotonic(), village(seed, _kind(seed))
    storm(here)
    kind = "followed" if here.scale.followed else "proven"
    release = "2.026.03" if here.scale.older else "2.026.07"
    print(
        f"\nstorm {seed} ({kind}, {release}): {time.monotonic() - began:.0f} s;"
        f" faults {dict(here.weather.happened)}; changes {dict(here.happened)};"
        f" pulls {dict(here.kinds)}"
    )


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
def test_killed_anywhere_and_run_again_nothing_is_lost(
    village: Callable[[int, Scale], Village],
) -> None:
    began, stages = time.monotonic(), kills(village(1, PULLED))
    print(f"\nkills: {stages.total()} in {time.monotonic() - began:.0f} s; {dict(stages)}")
    assert len(stages) > 2
