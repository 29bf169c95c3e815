"""Servers that answer as a real KoboToolbox was recorded to answer."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.connectors.kobo.replay.recorded import Recorded


@pytest.fixture
def recorded(loopback: Callable[[Any], Any]) -> Iterator[Callable[[str], Recorded]]:
    """Start the server of a scenario."""
    started: list[Recorded] = []

    def start(scenario: str) -> Recorded:
        started.append(Recorded(scenario))
        started[-1].url = loopback(started[-1]).url
        return started[-1]

    yield start
    for each in started:
        for server in each.servers.values():
            server.close()
