"""Two small storms; ``make soak`` runs twenty large ones."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.soak.storm import storm
from tests.soak.village import SMALL, Scale, Village


@pytest.mark.parametrize("seed", [1, 2])
def test_after_a_storm_everything_is_equal(
    seed: int, village: Callable[[int, Scale], Village]
) -> None:
    storm(village(seed, replace(SMALL, followed=seed % 2 == 0)))
