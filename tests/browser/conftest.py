"""A browser and the pages it opens: the site of the documentation, and a page of the night."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import chromium, found
from tests.browser.night import night_page

REPOSITORY = Path(__file__).parents[2]
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the documentation as ``make docs`` does; give the folder of both sites."""
    target = tmp_path_factory.mktemp("docs")
    command = [sys.executable, str(REPOSITORY / "docs" / "site" / "build.py"), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return target / "site"


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a page of the night; give its folder."""
    folder = tmp_path_factory.mktemp("night")
    (folder / "night.html").write_text(night_page(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser; it ends before other tests run, which may have loops of their own."""
    if found() is None:
        pytest.skip("no Chromium on this machine")
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("the rules of accessibility are not here: make axe")
    return AXE.read_text(encoding="utf-8")
