"""Bad weather: every kind is met by the client as what it is, in an order that a seed decides."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from connectors.servers.access import PATIENT
from connectors.servers.faults import ServerFault
from connectors.servers.http import Http
from connectors.servers.sandbox import KINDS, Weather, serve

FINE = "fine"
TOLD = {
    "500": "server-error",
    "502": "server-busy",
    "503": "server-busy",
    "429": "server-busy",
    "reset": "server-reset",
    "truncated": "server-truncated",
    "429, no word when": "server-busy",
    "another host": "server-foreign",
    "too short": "server-reset",
    "half zipped": "server-reset",
    "html": "server-html",
    "stall": "server-timeout",
    "hung up": FINE,  # whoever asks next on that connection would notice
}


@pytest.fixture
def met(tmp_path: Path, token: str) -> Iterator[object]:
    """Ask a sandbox in bad weather; give the codes that the client tells, in order."""
    limits = replace(PATIENT, read=0.3, tries=1)

    def ask(seed: int, times: int) -> list[str]:
        weather = Weather(seed, share=1.0, stall=0.6)
        codes = []
        with serve(tmp_path / f"{seed}", token, weather=weather) as running:
            http = Http("kobo", [running.url], token, limits)
            for _ in range(times):
                try:
                    assert http.json("GET", running.url + "/me/")["username"] == "owner"
                    codes.append(FINE)
                except ServerFault as error:
                    codes.append(error.code)
            weather.on = False
            assert http.json("GET", running.url + "/me/")["username"] == "owner"
            http.close()
        assert set(weather.happened) == set(KINDS)
        told, expected = Counter(codes), Counter(TOLD[kind] for kind in weather.happened.elements())
        # a connection that was hung up may be noticed too late
        assert told + Counter({"server-reset": expected[FINE]}) >= expected
        return codes

    yield ask


def test_every_kind_is_met_and_the_seed_decides_the_order(met: Any) -> None:
    first = met(1, 2 * len(KINDS))
    assert first != met(2, 2 * len(KINDS))


def test_the_same_seed_brings_the_same_weather() -> None:
    def kinds(seed: int) -> list[str]:
        weather = Weather(seed, share=0.5)
        return [weather._draw({"REQUEST_METHOD": "GET"})[0] for _ in range(100)]

    assert kinds(3) == kinds(3) != kinds(4)
    assert 20 < sum(map(bool, kinds(3))) < 80


def test_what_writes_is_let_through_unless_asked_for() -> None:
    weather = Weather(1, share=1.0)
    assert weather._draw({"REQUEST_METHOD": "POST"}) == ("", False)
    assert Weather(1, share=1.0, methods=("POST",))._draw({"REQUEST_METHOD": "POST"})[0] in KINDS
