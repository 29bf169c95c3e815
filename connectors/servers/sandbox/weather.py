"""Bad weather before the sandbox: some answers are spoiled, as on a poor line or a busy server."""

import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import Headers

App = Callable[[dict[str, Any], Any], Iterable[bytes]]

KINDS = ("500", "502", "503", "429", "reset", "truncated", "html", "stall")
READS = ("GET", "HEAD")
_REASONS = {
    "500": "500 Internal Server Error",
    "502": "502 Bad Gateway",
    "503": "503 Service Unavailable",
    "429": "429 Too Many Requests",
}
_PAGE = b"<!DOCTYPE html>\n<html><head><title>Log in to the network</title></head></html>"
_RESET = struct.pack("ii", 1, 0)  # close with RST, not politely


@dataclass(slots=True)
class _Answer:
    status: str
    headers: Headers
    body: bytes

    @property
    def half(self) -> bytes:
        return self.body[: len(self.body) // 2]


class Weather:
    """Spoils a share of the answers, in an order that the seed decides.

    Every kind comes once before any comes again, so that eight spoiled answers show all.
    ``happened`` counts them by kind; ``on`` may be switched at any time.

    Args:
        seed: of the order; the same requests meet the same weather.
        share: of the requests, 0 to 1.
        stall: seconds that a stalled answer takes; more than the client waits.
        retry_after: seconds that a 429 asks to wait.
        methods: of the requests that may be spoiled; those that write may be carried out
            although their answer is lost.
    """

    def __init__(
        self,
        seed: int,
        share: float = 0.1,
        *,
        stall: float = 90.0,
        retry_after: int = 1,
        methods: Collection[str] = READS,
    ) -> None:
        self.share, self.stall, self.retry_after = share, stall, retry_after
        self.methods = methods
        self.happened: Counter[str] = Counter()
        self.on = True
        self._chance = random.Random(seed)  # noqa: S311 weather, no secret
        self._deck: list[str] = []
        self._lock = threading.Lock()

    def over(self, app: App) -> App:
        """Give a WSGI application under this weather."""

        def spoiled(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            kind, late = self._draw(environ)
            return self._spoil(kind, late, app, environ, start) if kind else app(environ, start)

        return spoiled

    def _draw(self, environ: dict[str, Any]) -> tuple[str, bool]:
        """Give what happens to a request ("" for nothing), and by a coin: late or early."""
        with self._lock:
            if not self.on or environ["REQUEST_METHOD"] not in self.methods:
                return "", False
            if self._chance.random() >= self.share:
                return "", False
            if not self._deck:
                self._deck = self._chance.sample(KINDS, len(KINDS))
            kind = self._deck.pop()
            self.happened[kind] += 1
            return kind, self._chance.random() < 0.5  # noqa: PLR2004 a coin

    def _spoil(
        self, kind: str, late: bool, app: App, environ: dict[str, Any], start: Any
    ) -> Iterable[bytes]:
        true = _called(app, environ)
        if kind in _REASONS:
            headers = [("Content-Type", "text/html")]
            if kind == "429":
                headers.append(("Retry-After", str(self.retry_after)))
            start(_REASONS[kind], headers)
            return [b"<html></html>"]
        if kind == "html":
            start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
            return [_PAGE]
        if kind == "reset":
            return _reset(environ, start, true if late else None)
        if kind == "truncated":
            return _truncated(environ, start, true)
        return self._stalled(start, true, late)

    def _stalled(self, start: Any, true: _Answer, late: bool) -> Iterator[bytes]:
        if late:  # half an answer comes at once
            start(true.status, list(true.headers))
            yield true.half
        threading.Event().wait(self.stall)
        if late:
            yield true.body[len(true.half) :]
        else:
            start(true.status, list(true.headers))
            yield true.body


def _called(app: App, environ: dict[str, Any]) -> _Answer:
    found: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        found.update(status=status, headers=headers)

    body = b"".join(app(environ, start))
    return _Answer(found["status"], Headers(found["headers"]), body)


def _truncated(environ: dict[str, Any], start: Any, true: _Answer) -> Iterator[bytes]:
    """Give half an answer: JSON as if it were whole, anything else with the true length."""
    if true.headers.get("Content-Type", "").startswith("application/json"):
        true.headers["Content-Length"] = str(len(true.half))
        start(true.status, list(true.headers))
        yield true.half
        return
    start(true.status, list(true.headers))
    yield true.half
    _cut(environ, b"")


def _reset(environ: dict[str, Any], start: Any, true: _Answer | None) -> Iterator[bytes]:
    """Break the connection, after half an answer where there is one."""
    if true is not None and true.half:
        start(true.status, list(true.headers))
        yield true.half
    _cut(environ, _RESET)


def _cut(environ: dict[str, Any], linger: bytes) -> None:
    connection: socket.socket = environ["werkzeug.socket"]
    if linger:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    connection.shutdown(socket.SHUT_RD)  # nothing more is read: the handler lets go of it
    raise ConnectionAbortedError
