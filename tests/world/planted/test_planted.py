"""Every planted fault is found at the right submission, and harmless look-alikes are not.

One world for all tests. ``tests/soak/soak_planted.py`` does the same with 200 clubs over 24 months.
"""

from collections.abc import Sequence

import pytest

from connectors.reconcile.checks import read_checks
from tests.world.ground import reconciled, rows
from tests.world.planted.truth import Score, scores, table
from tests.world.planted.world import KINDS, PlantedWorld, planted_world

CLUBS, MONTHS = 92, 12
# where nothing is planted: what the doubles have, what a short world cannot show
ELSEWHERE = {
    "club_registered_twice",
    "member_listed_twice",
    "inspection_long_ago",
    "board_untrained",
}


@pytest.fixture(scope="module")
def world() -> PlantedWorld:
    return planted_world(CLUBS, MONTHS)


@pytest.fixture(scope="module")
def told(world: PlantedWorld, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Score]:
    folder = reconciled(tmp_path_factory.mktemp("planted") / "p", world.records, world.as_of)
    assert sorted(row["club_code"] for row in rows(folder, "club")) == sorted(world.codes)
    severities = {check.code: check.severity for check in read_checks(folder.checks)}
    found = scores(world.planted, rows(folder, "finding"), severities)
    print("", *table(found), sep="\n")
    return found


def test_every_kind_of_fault_and_of_look_alike_occurs(world: PlantedWorld) -> None:
    assert set(world.kinds.values()) == {kind.name for kind in KINDS}


def test_every_planted_fault_is_found_where_it_is(told: Sequence[Score]) -> None:
    assert [fault for score in told for fault in score.missed] == []


def test_no_error_is_a_false_alarm(told: Sequence[Score]) -> None:
    assert [row for score in told if score.severity == "error" for row in score.false] == []


def test_warnings_are_hardly_ever_false_alarms(told: Sequence[Score]) -> None:
    doubtful = {score.check_code: score.precision for score in told if score.precision < 0.95}
    assert doubtful == {}


def test_every_check_has_something_to_find(world: PlantedWorld, told: Sequence[Score]) -> None:
    checks = {score.check_code for score in told}
    planted = {fault.check_code for fault in world.planted if not fault.consequence}
    assert checks - planted == ELSEWHERE
    assert planted - checks == set()
