"""In small numbers what ``make soak`` does in full."""

import os
from pathlib import Path

import pytest

from tests.soak.reconcile_kills import reconcile_kills


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
def test_a_reconcile_killed_anywhere_leaves_a_whole_run_and_loses_nothing(tmp_path: Path) -> None:
    assert reconcile_kills(tmp_path, 3, seed=1).total() == 3
