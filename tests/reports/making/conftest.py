"""What is asked of reports is the same for all tests here: the made-up province, its year."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from connectors.store.tables import TableSet
from programme.folder import Folder
from programme.settings import load
from reports.indicators.figures import Figures
from reports.sources import Sources, open_sources
from reports.whole import everywhere

TODAY = date(2026, 11, 5)


def sources_of(folder: Folder) -> Sources:
    settings = replace(load(folder), synthetic=True)
    return open_sources(folder, settings, TODAY, today=TODAY)


@pytest.fixture(scope="session")
def sources(world: Folder) -> Sources:
    return sources_of(world)


@pytest.fixture(scope="session")
def whole(sources: Sources) -> Figures:
    """Every figure of the year and its third quarter, down to the clubs."""
    return everywhere(sources, [sources.period("2026"), sources.period("2026-Q3")])


@pytest.fixture
def own(
    tmp_path: Path,
    programme_at: Callable[[Path], Folder],
    registers_in: Callable[..., TableSet],
) -> Folder:
    """A programme of one's own with registers, for tests that change something."""
    place = tmp_path / "own"
    place.mkdir()
    folder = programme_at(place)
    registers_in(folder)
    return folder
