"""The ways in which an answer may be spoiled on its way."""

import gzip
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.test import run_wsgi_app

from connectors.servers.sandbox.listen import HANG_UP

App = Callable[[dict[str, Any], Any], Iterable[bytes]]

_PAGE = b"<!DOCTYPE html>\n<html><head><title>Log in to the network</title></head></html>"
_RESET = struct.pack("ii", 1, 0)  # close with RST, not politely


@dataclass(slots=True)
class Call:
    """A request that came, and how it is to be answered.

    Args:
        app: answers in fair weather.
        environ, start: what WSGI gives.
        late: what is spoiled has been done, or half of it has been said.
        stall: seconds that a stalled answer takes.
        retry_after: seconds that a server that is asked too often wants to be left alone.
    """

    app: App
    environ: dict[str, Any]
    start: Any
    late: bool
    stall: float
    retry_after: int

    def answer(self) -> "Answer":
        """Let the app answer; nothing of it is sent yet."""
        pieces, status, headers = run_wsgi_app(self.app, self.environ, buffered=True)
        return Answer(status, headers, b"".join(pieces))

    def send(self, answer: "Answer", length: int) -> None:
        """Send the head of an answer that says to be so long."""
        answer.headers["Content-Length"] = str(length)
        self.start(answer.status, list(answer.headers))

    def cut(self, linger: bytes = b"") -> None:
        """Break the connection."""
        connection: socket.socket = self.environ["werkzeug.socket"]
        if linger:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        connection.shutdown(socket.SHUT_RD)  # nothing more is read: the handler lets go of it
        raise ConnectionAbortedError


@dataclass(slots=True)
class Answer:
    """What the app said."""

    status: str
    headers: Headers
    body: bytes

    @property
    def half(self) -> bytes:
        """The first half of the body."""
        return self.body[: len(self.body) // 2]


def failed(call: Call, status: str) -> Iterable[bytes]:
    """Answer with an error, by the coin after it was done."""
    if call.late:
        call.answer()
    call.start(status, [("Content-Type", "text/html")])
    return [b"<html></html>"]


def too_often(call: Call, *, says_when: bool) -> Iterable[bytes]:
    """Do nothing, and ask the client to come again."""
    headers = [("Content-Type", "text/html")]
    if says_when:
        headers.append(("Retry-After", str(call.retry_after)))
    call.start("429 Too Many Requests", headers)
    return [b"<html></html>"]


def led_away(call: Call) -> Iterable[bytes]:
    """Do nothing, and point to another host, as the log-in page of a network does."""
    call.start("302 Found", [("Location", "http://log-in.invalid/")])
    return [b""]


def web_page(call: Call) -> Iterable[bytes]:
    """Answer with a page as if it were what was asked for, which may have been done."""
    if call.late:
        call.answer()
    call.start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [_PAGE]


def truncated(call: Call) -> Iterator[bytes]:
    """Give half an answer: JSON as if it were whole, anything else with the true length."""
    true = call.answer()
    json = true.headers.get("Content-Type", "").startswith("application/json")
    call.send(true, len(true.half if json else true.body))
    yield true.half
    if not json:
        call.cut()


def too_short(call: Call) -> Iterator[bytes]:
    """Give the whole answer, but say that it is longer."""
    true = call.answer()
    call.send(true, len(true.body) + 7)
    yield true.body
    call.cut()


def half_zipped(call: Call) -> Iterator[bytes]:
    """Give an answer that cannot be unpacked to its end."""
    true = call.answer()
    zipped = gzip.compress(true.body)
    true.headers["Content-Encoding"] = "gzip"
    call.send(true, len(zipped) - 9)
    yield zipped[:-9]


def reset(call: Call) -> Iterator[bytes]:
    """Break the connection before anything is done, or after half an answer."""
    if call.late and (true := call.answer()).half:
        call.send(true, len(true.body))
        yield true.half
    call.cut(_RESET)


def hung_up(call: Call) -> Iterator[bytes]:
    """Give the whole answer, promise to listen on, and close the connection."""
    true = call.answer()
    true.headers[HANG_UP] = "1"
    call.send(true, len(true.body))
    yield true.body


def stalled(call: Call) -> Iterator[bytes]:
    """Keep the client waiting, by the coin after half an answer."""
    true = call.answer()
    if call.late:
        call.send(true, len(true.body))
        yield true.half
    threading.Event().wait(call.stall)
    if call.late:
        yield true.body[len(true.half) :]
    else:
        call.send(true, len(true.body))
        yield true.body


WAYS: Mapping[str, Callable[[Call], Iterable[bytes]]] = {
    "500": partial(failed, status="500 Internal Server Error"),
    "502": partial(failed, status="502 Bad Gateway"),
    "503": partial(failed, status="503 Service Unavailable"),
    "429": partial(too_often, says_when=True),
    "429, no word when": partial(too_often, says_when=False),
    "another host": led_away,
    "reset": reset,
    "truncated": truncated,
    "too short": too_short,
    "half zipped": half_zipped,
    "html": web_page,
    "stall": stalled,
    "hung up": hung_up,
}
