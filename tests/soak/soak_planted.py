"""Planted truth in full numbers: 200 clubs over 24 months; prints what each check found of it."""

import time
from pathlib import Path

import pytest

from connectors.reconcile.checks import read_checks
from tests.world.ground import reconciled, rows
from tests.world.planted.truth import scores, table
from tests.world.planted.world import planted_world

CLUBS, MONTHS = 200, 24


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_every_planted_fault_is_found_and_no_error_is_a_false_alarm(
    seed: int, tmp_path: Path
) -> None:
    world, began = planted_world(CLUBS, MONTHS, seed), time.monotonic()
    folder = reconciled(tmp_path / "programme", world.records, world.as_of)
    severities = {check.code: check.severity for check in read_checks(folder.checks)}
    told = scores(world.planted, rows(folder, "finding"), severities)
    print(
        f"\nplanted {seed}: {len(world.records)} submissions of {CLUBS} clubs over {MONTHS} months,"
        f" put in and reconciled in {time.monotonic() - began:.0f} s\n"
    )
    print(*table(told), sep="\n")
    assert [fault for score in told for fault in score.missed] == []
    assert [row for score in told if score.severity == "error" for row in score.false] == []
    assert [score.check_code for score in told if score.precision < 0.95] == []
