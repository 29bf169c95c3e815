"""A small storm for each kind of server and pull; ``make soak`` runs twenty large ones."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.soak.ground import SMALL, Scale
from tests.soak.storm import storm
from tests.soak.village import Village

KINDS = {
    "KoBo, proven": replace(SMALL),
    "older KoBo, followed": replace(SMALL, followed=True, older=True),
    "Central, proven": replace(SMALL, kind="central"),
    "Central, followed": replace(SMALL, kind="central", followed=True),
}


@pytest.mark.parametrize("scale", KINDS.values(), ids=KINDS)
def test_after_a_storm_everything_is_equal(
    scale: Scale, village: Callable[[int, Scale], Village]
) -> None:
    storm(village(1 + scale.followed, scale))
