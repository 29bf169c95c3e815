"""What tests of several rooms share."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The demo, run once for all tests: its result; the folder is ``result.folder``."""
    from ishc.demo.run import run_demo  # noqa: PLC0415 - imports every room, not for other tests

    target: Path = tmp_path_factory.mktemp("finished") / "demo"
    return run_demo(target)
