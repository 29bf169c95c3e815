"""Doubles are found and look-alikes are not, in a world that nobody tuned the points for.

``tests/soak/soak_doubles.py`` does the same with more clubs and several worlds.
"""

import pytest

from tests.world.doubles.judged import Judged
from tests.world.doubles.matched import matched
from tests.world.doubles.world import doubles_world

CLUBS, SEED = 60, 101


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judged]:
    told = matched(tmp_path_factory.mktemp("doubles") / "p", doubles_world(CLUBS, SEED))
    for kind, each in told.items():
        print(f"{kind}: precision {each.precision:.3f}, recall {each.recall:.3f}")
    return told


@pytest.mark.parametrize("kind", ["club", "member", "borrower", "words"])
def test_doubles_are_found_and_look_alikes_are_not(found: dict[str, Judged], kind: str) -> None:
    told = found[kind]
    assert told.right > 10
    assert told.precision >= 0.95, told.false
    assert told.recall >= 0.9, told.missed
