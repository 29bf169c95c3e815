"""The full numbers of ``make soak``; each test prints what really happened."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.soak.ground import FULL, Kind, Scale
from tests.soak.kills import kills
from tests.soak.reconcile_kills import reconcile_kills
from tests.soak.storm import storm
from tests.soak.village import Village
from tests.soak.writing import writing_kills, writing_storm

# for each of the hundred kills; many small pages to be killed between
PULLED = replace(FULL, submissions=800, page=20, changes=80, followed=True)
# what goes to the server, in worse weather; every try is a page or two
WORKED = replace(FULL, submissions=60, page=20, share=0.15, wait=0.4, nights=5, kills=100)
BOTH = pytest.mark.parametrize("kind", ["kobo", "central"])


def _scale(kind: Kind, seed: int) -> Scale:
    """Give every kind of pull, and of release, to an equal share of the runs."""
    older = kind == "kobo" and seed % 4 > 1
    return replace(FULL, kind=kind, followed=seed % 2 == 0, older=older)


def _name(scale: Scale) -> str:
    if scale.kind == "central":
        return "ODK Central"
    return f"KoBoToolbox {'2.026.03' if scale.older else '2.026.07'}"


@BOTH
@pytest.mark.parametrize("seed", range(1, 21))
def test_after_a_storm_everything_is_equal(
    seed: int, kind: Kind, village: Callable[[int, Scale], Village]
) -> None:
    began, here = time.monotonic(), village(seed, _scale(kind, seed))
    storm(here)
    followed = "followed" if here.scale.followed else "proven"
    print(
        f"\nstorm {seed} ({_name(here.scale)}, {followed}): {time.monotonic() - began:.0f} s;"
        f" faults {dict(here.weather.happened)}; changes {dict(here.happened)};"
        f" pulls {dict(here.kinds)}"
    )


@BOTH
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
def test_killed_anywhere_and_run_again_nothing_is_lost(
    kind: Kind, village: Callable[[int, Scale], Village]
) -> None:
    scale = replace(PULLED, kind=kind)
    began, stages = time.monotonic(), kills(village(1, scale))
    print(
        f"\nkills ({_name(scale)}): {stages.total()} in {time.monotonic() - began:.0f} s;"
        f" {dict(stages)}"
    )
    assert len(stages) > 2


@BOTH
@pytest.mark.parametrize("seed", range(1, 21))
def test_work_in_a_storm_is_done_once(
    seed: int, kind: Kind, village: Callable[[int, Scale], Village]
) -> None:
    scale = replace(WORKED, kind=kind, older=_scale(kind, seed).older)
    began, here = time.monotonic(), village(seed, scale)
    tried, days = writing_storm(here)
    print(
        f"\nwork in a storm {seed} ({_name(scale)}): {days} days, tried {tried} times,"
        f" {time.monotonic() - began:.0f} s; faults {dict(here.weather.happened)}"
    )


@BOTH
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
def test_work_that_is_killed_and_done_again_is_done_once(
    kind: Kind, village: Callable[[int, Scale], Village]
) -> None:
    scale = replace(WORKED, kind=kind)
    began, stages = time.monotonic(), writing_kills(village(1, scale))
    print(
        f"\nkills at work ({_name(scale)}): {stages.total()} in"
        f" {time.monotonic() - began:.0f} s; {dict(stages)}"
    )
    assert len(stages) > 2


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
def test_a_reconcile_killed_anywhere_leaves_a_whole_run_and_loses_nothing(tmp_path: Path) -> None:
    began, stages = time.monotonic(), reconcile_kills(tmp_path, 100, seed=1)
    print(
        f"\nkills of a reconcile: {stages.total()} in {time.monotonic() - began:.0f} s;"
        f" {dict(stages)}"
    )
    assert len(stages) > 2
