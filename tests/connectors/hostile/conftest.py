"""Servers of each kind that mean harm."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from connectors.servers.access import PATIENT
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault
from programme.progress import Progress
from tests.connectors.kobo.conftest import FAST, Asked, Loopback

TOKEN = "7aken-7aken-7aken"
SESSION = "5e5510n" * 8
OPENED = json.dumps({"token": SESSION, "expiresAt": "2999-01-01T00:00:00.000Z"}).encode()
ME = b'{"username": "an", "displayName": "an"}'
Answer = Callable[[Any, Asked], None]
Hostile = Callable[..., tuple[Server, Loopback]]


def letting_in(answer: Answer) -> Answer:
    """Open sessions to whoever wants one, and answer everything else in this way."""

    def both(handler: Any, asked: Asked) -> None:
        if asked.path.startswith("/v1/sessions"):
            handler.server.loopback.asked.pop()  # not what the tests count
            handler.reply(200, OPENED)
        else:
            answer(handler, asked)

    return both


def server_at(url: str, kind: str, **limits: Any) -> Server:
    """Give a server of a kind as the client sees it."""
    user = "an@example.org" if kind == "central" else ""
    allowed = replace(FAST if limits else PATIENT, **limits)
    return Server("x", kind, url, url, TOKEN, allowed, user, 1 if user else None)


@pytest.fixture(params=["kobo", "central"])
def hostile(request: pytest.FixtureRequest) -> Iterator[Hostile]:
    """Give a server that answers so, once for each kind."""
    started: list[tuple[Server, Loopback]] = []

    def start(answer: Answer, **limits: Any) -> tuple[Server, Loopback]:
        behind = Loopback(letting_in(answer))
        server = server_at(behind.url, request.param, **{"read": 1, **limits})
        started.append((server, behind))
        return started[-1]

    yield start
    for server, behind in started:
        server.close()
        behind.stop()


@pytest.fixture
def loopback_server() -> Iterator[Callable[[Answer], Loopback]]:
    """Start servers that answer as the test says."""
    started: list[Loopback] = []

    def start(answer: Answer) -> Loopback:
        started.append(Loopback(answer))
        return started[-1]

    yield start
    for each in started:
        each.stop()


@pytest.fixture
def stranger() -> Iterator[Loopback]:
    """Another server, which must never be asked anything."""
    there = Loopback(lambda handler, asked: handler.reply(200, ME))
    yield there
    there.stop()
    assert there.asked == []


def stopping(steps: int) -> Progress:
    """Stop the work like Ctrl+C when it has told of so many steps."""
    left = iter(range(steps))

    def told(*_: object) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    return told


def code(call: Callable[[], Any]) -> str:
    """Give the code of the fault that it is told as; no secret is told with it."""
    with pytest.raises(ServerFault) as raised:
        call()
    told = f"{raised.value} {raised.value!r} {raised.value.problems!r}".lower()
    assert TOKEN.lower() not in told and SESSION.lower() not in told
    return raised.value.code
