"""Ten kills; ``make soak`` kills a hundred larger pulls."""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.soak.ground import SMALL, Kind, Scale
from tests.soak.kills import kills
from tests.soak.village import Village

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")


@pytest.mark.parametrize("kind", ["kobo", "central"])
def test_killed_anywhere_and_run_again_nothing_is_lost(
    kind: Kind, village: Callable[[int, Scale], Village]
) -> None:
    scale = replace(SMALL, kind=kind, submissions=80, page=20, changes=10, followed=True)
    assert len(kills(village(1, scale))) > 1
