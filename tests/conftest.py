"""What tests of several rooms share."""

import signal
from typing import Any

import hypothesis
import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.installed import Installed, demo_of, install

# hooks: after every test what it said and wrote down is searched for secrets and names
from tests.planted import pytest_configure, pytest_runtest_teardown

__all__ = ["pytest_configure", "pytest_runtest_teardown"]

# how long an example takes says more of the machine than of the code
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")

# a shell has what it runs in the background ignore Ctrl+C, and every process started from there
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


# what the tests of such a folder share costs seconds, so one process runs them all
TOGETHER = ("tests/ishc/demo", "tests/forms/shipped", "tests/reports/making",
            "tests/reports/oracle", "tests/reports/special")  # fmt: skip
# each of the others takes a few seconds at most, and stands at the end
LONG = (*TOGETHER, "tests/test_", "tests/browser", "tests/reports", "tests/connectors",
        "tests/soak", "tests/ishc")  # fmt: skip


class Balanced(LoadScopeScheduling):
    """Tests of a file run in one process, those of some folders too, in the order collected."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # by how many there are

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        folder = file.rpartition("/")[0]
        return folder if folder in TOGETHER else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Balanced:
    # groups by mark (loadgroup) do nothing in silence with pytest 9.2 and xdist 3.8
    return Balanced(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that in the end no process waits for another."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: _turn(item.nodeid))


def _turn(nodeid: str) -> int:
    return next((turn for turn, start in enumerate(LONG) if nodeid.startswith(start)), len(LONG))


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in an environment of its own."""
    return install(tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="session")
def finished_demo(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The demo, run once for all tests: its result; the folder is ``result.folder``."""
    return demo_of(installed, tmp_path_factory.mktemp("finished"))
