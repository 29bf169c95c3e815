"""Thirty nights with faults drawn by a seed; prints what happened in them."""

import os
import random
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from tests.soak.night_small import shorten
from tests.soak.night_town import Town
from tests.soak.nights import FAULTS, nights, plan, without_mounts

NIGHTS = 30
COMMUNES = ("06073", "06565", "06079", "06286")  # eight clubs
# a report falls due every two or three evenings
REPORTS = "".join(
    f'\n[[nightly.reports]]\nreport = "{report}"\nareas = ["{area}"]\nday = {day}\n'
    for day, report, area in (
        (21, "data_quality", "20"), (23, "data_quality", "06073"), (25, "data_quality", "06565"),
        (27, "without_club", "20"), (2, "data_quality", "06079"), (4, "without_club", "06073"),
        (7, "data_quality", "06286"), (10, "without_club", "06565"), (14, "without_club", "06079"),
        (17, "without_club", "06286"),
    )
)  # fmt: skip


def _tell(line: str) -> None:
    print(line, flush=True)


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
@pytest.mark.skipif(without_mounts(), reason="needs a namespace with mounts of its own (Linux)")
@pytest.mark.parametrize("seed", [1])
def test_after_each_fault_a_good_night_heals_everything(seed: int, tmp_path: Path) -> None:
    town = Town(tmp_path, seed, COMMUNES, REPORTS, shorten)
    plans = plan(random.Random(seed), NIGHTS)
    evening = datetime(2026, 10, 20, 21, 30, tzinfo=town.settings.timezone)
    try:
        happened = nights(town, plans, evening, calm_always=False, tell=_tell)
    finally:
        town.down()
    used = [float(path.read_text()) for path in tmp_path.glob("said-*.cpu")]
    print(
        f"\n{NIGHTS} nights (seed {seed}), {len(used)} runs that were not killed, "
        f"{sum(used):.0f} s of processor: {dict(happened)};"
        f" faults a night: {dict(Counter(len(each) for each in plans))}"
    )
    assert set(happened) >= set(FAULTS)
