"""A server that is stopped in the middle of an answer."""

from contextlib import suppress
from threading import Event, Thread
from typing import Any

import requests

from connectors.servers.sandbox.listen import Listening, listen


class Kept(Listening):
    """Remembers that what its app holds was closed."""

    closed = False

    def close(self) -> None:
        self.closed = True


def test_what_an_answer_reads_is_closed_after_it() -> None:
    begun, never, seen = Event(), Event(), []

    def app(environ: Any, start: Any) -> list[bytes]:
        begun.set()
        never.wait(0.2)
        seen.append(running.closed)
        start("200 OK", [])
        return [b""]

    def ask() -> None:
        with suppress(requests.RequestException):  # its connection is ended
            requests.get(running.url, timeout=10)

    running = listen(app, "127.0.0.1", 0, kind=Kept)
    asking = Thread(target=ask)
    asking.start()
    begun.wait()
    running.stop()
    asking.join()
    assert seen == [False]
    assert running.closed
