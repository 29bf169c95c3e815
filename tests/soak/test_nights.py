"""Six nights with every kind of fault; ``make soak`` lives through thirty larger ones."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from tests.soak.night_small import shorten
from tests.soak.night_town import Town
from tests.soak.nights import FAULTS, Fault, nights, without_mounts

PLANS: list[tuple[Fault, ...]] = [
    (),
    ("down", "template"),
    ("ahead", "hand", "kill"),
    ("back", "token"),
    ("full",),
    (),
]
REPORTS = '\n[[nightly.reports]]\nreport = "data_quality"\nareas = ["20"]\nday = 21\n'


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
@pytest.mark.skipif(without_mounts(), reason="needs a namespace with mounts of its own (Linux)")
def test_after_each_fault_a_good_night_heals_everything(tmp_path: Path) -> None:
    town = Town(tmp_path, 1, ["06073", "06565"], REPORTS, shorten)
    evening = datetime(2026, 10, 20, 21, 30, tzinfo=town.settings.timezone)
    try:
        happened = nights(town, PLANS, evening, calm_always=False)
    finally:
        town.down()
    assert set(happened) >= set(FAULTS)
