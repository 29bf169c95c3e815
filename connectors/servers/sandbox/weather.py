"""Bad weather before a server: some answers are spoiled, as on a poor line or a busy server."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import Any

from connectors.servers.sandbox.spoiling import WAYS, App, Call

__all__ = ["KINDS", "SIGNED_OUT", "App", "Weather"]

KINDS = tuple(WAYS)
SIGNED_OUT = "signed out"
READS = ("GET", "HEAD")


class Weather:
    """Spoils a share of the answers, in an order that the seed decides.

    Every kind comes once before any comes again, so that as many spoiled answers as there are
    kinds show all. ``happened`` counts them by kind; ``on`` may be switched at any time.

    Args:
        seed: of the order; the same requests meet the same weather.
        share: of the requests, 0 to 1.
        stall: seconds that a stalled answer takes; more than the client waits.
        retry_after: seconds that a 429 asks to wait.
        methods: of the requests that may be spoiled; those that write may be carried out
            although their answer is lost.
        sign_out: ends all sessions of the server; where there is one, they end in the middle.
    """

    def __init__(
        self,
        seed: int,
        share: float = 0.1,
        *,
        stall: float = 90.0,
        retry_after: int = 1,
        methods: Collection[str] = READS,
        sign_out: Callable[[], None] | None = None,
    ) -> None:
        self.share, self.stall, self.retry_after = share, stall, retry_after
        self.methods, self.sign_out = methods, sign_out
        self.happened: Counter[str] = Counter()
        self.on = True
        self._chance = random.Random(seed)  # noqa: S311 weather, no secret
        self._deck: list[str] = []
        self._lock = threading.Lock()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that there are before this server."""
        return (*KINDS, *((SIGNED_OUT,) if self.sign_out else ()))

    def over(self, app: App) -> App:
        """Give a WSGI application under this weather."""

        def spoiled(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            kind, late = self._draw(environ)
            if kind in WAYS:
                return WAYS[kind](Call(app, environ, start, late, self.stall, self.retry_after))
            if kind and self.sign_out:
                self.sign_out()
            return app(environ, start)

        return spoiled

    def _draw(self, environ: dict[str, Any]) -> tuple[str, bool]:
        """Give what happens to a request ("" for nothing), and by a coin: late or early."""
        with self._lock:
            if not self.on or environ["REQUEST_METHOD"] not in self.methods:
                return "", False
            if self._chance.random() >= self.share:
                return "", False
            if not self._deck:
                self._deck = self._chance.sample(self.kinds, len(self.kinds))
            kind = self._deck.pop()
            self.happened[kind] += 1
            return kind, self._chance.random() < 0.5  # noqa: PLR2004 a coin
