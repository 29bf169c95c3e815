"""Two small storms; ``make soak`` runs twenty large ones."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.soak.ground import SMALL, Scale
from tests.soak.storm import storm
from tests.soak.village import Village


@pytest.mark.parametrize(("followed", "older"), [(False, False), (True, True)])
def test_after_a_storm_everything_is_equal(
    followed: bool, older: bool, village: Callable[[int, Scale], Village]
) -> None:
    storm(village(1 + followed, replace(SMALL, followed=followed, older=older)))
