"""Who is who in full numbers: five worlds of 400 clubs and their doubles; prints what was found."""

import time
from pathlib import Path

import pytest

from tests.world.doubles.matched import matched
from tests.world.doubles.world import doubles_world

CLUBS = 400


@pytest.mark.parametrize("seed", [201, 202, 203, 204, 205])
def test_doubles_are_found_and_look_alikes_are_not(seed: int, tmp_path: Path) -> None:
    world, began = doubles_world(CLUBS, seed), time.monotonic()
    found = matched(tmp_path / "programme", world)
    print(
        f"\ndoubles {seed}: {len(world.records)} submissions of {len(world.communes)} "
        f"registrations, put in and reconciled in {time.monotonic() - began:.0f} s\n"
        "\n| kind | right | missed | false | precision | recall |\n|---|---:|---:|---:|---:|---:|"
    )
    for kind, each in found.items():
        print(
            f"| {kind} | {each.right} | {len(each.missed)} | {len(each.false)} "
            f"| {each.precision:.3f} | {each.recall:.3f} |"
        )
    for kind in ("club", "member"):
        assert found[kind].precision >= 0.95
        assert found[kind].recall >= 0.9
