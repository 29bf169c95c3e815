"""What tests of several rooms share."""

import signal
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from xdist.scheduler import LoadScopeScheduling

# how long an example takes says more of the machine than of the code
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")

# a shell has what it runs in the background ignore Ctrl+C, and every process started from there
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


class ByFolder(LoadScopeScheduling):
    """Tests of one folder share what is costly, so one process runs them all."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0].rpartition("/")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFolder:
    # groups by mark (loadgroup) do nothing in silence with pytest 9.2 and xdist 3.8
    return ByFolder(config, log)


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The demo, run once for all tests: its result; the folder is ``result.folder``."""
    from ishc.demo.run import run_demo  # noqa: PLC0415 - imports every room, not for other tests

    target: Path = tmp_path_factory.mktemp("finished") / "demo"
    return run_demo(target)
