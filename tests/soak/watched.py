"""Weather that sees what is asked, and lets something happen just before a list is answered."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from threading import Condition
from typing import Any
from urllib.parse import parse_qs

from connectors.servers.sandbox import Weather
from connectors.servers.sandbox.weather import App


class Watched(Weather):
    """As the weather is, and besides:

    ``asked`` has the method and address of every request, ``lists`` counts the pages of
    submissions that were asked for, and ``before`` has what is to happen before which of them.
    """

    def still(self) -> None:
        """Wait until nothing is being answered: what a killed client has asked is done."""
        with self._going:
            self._going.wait_for(lambda: not self._now)

    def watch(self, before: dict[int, Callable[[], Any]] | None = None) -> None:
        """Begin to count anew."""
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.lists = 0
        self.before = before or {}

    def over(self, app: App) -> App:
        """Give a WSGI application that is watched."""
        self.watch()
        self._going, self._now = Condition(), 0
        spoiled = super().over(app)

        def watched(environ: dict[str, Any], start: Any) -> Iterator[bytes]:
            self.asked.append(f"{environ['REQUEST_METHOD']} {environ['REQUEST_URI']}")
            self.headers.append({name: str(value) for name, value in environ.items()})
            if _is_page(environ):
                self.lists += 1
                self.before.pop(self.lists, lambda: None)()
            pieces = spoiled(environ, start)
            with self._one(), closing(pieces) if hasattr(pieces, "close") else nullcontext():
                yield from pieces

        return watched

    @contextmanager
    def _one(self) -> Iterator[None]:
        with self._going:
            self._now += 1
        try:
            yield
        finally:
            with self._going:
                self._now -= 1
                self._going.notify_all()


def _is_page(environ: dict[str, Any]) -> bool:
    asked = parse_qs(environ["QUERY_STRING"])
    if environ["PATH_INFO"].endswith(".svc/Submissions"):
        return asked.get("$top") not in (["0"], ["1"])
    kobo = environ["PATH_INFO"].endswith("/data/") and "limit" in asked
    return kobo and ("fields" not in asked or "_attachments" in asked["fields"][0])
