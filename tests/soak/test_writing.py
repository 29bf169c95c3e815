"""A storm and some kills of what goes to the server; ``make soak`` has more of both."""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.soak.ground import SMALL, Kind, Scale
from tests.soak.village import Village
from tests.soak.writing import writing_kills, writing_storm

BOTH = pytest.mark.parametrize("kind", ["kobo", "central"])
FEW = replace(SMALL, submissions=30, share=0.1, kills=3)


@BOTH
def test_work_in_a_storm_is_done_once(kind: Kind, village: Callable[[int, Scale], Village]) -> None:
    writing_storm(village(1, replace(FEW, kind=kind)))


@BOTH
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
def test_work_that_is_killed_and_done_again_is_done_once(
    kind: Kind, village: Callable[[int, Scale], Village]
) -> None:
    writing_kills(village(1, replace(FEW, kind=kind)))
