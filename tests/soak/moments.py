"""When a process is killed: counted in what it asked, since clocks tell of the machine's load."""

import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.process import BaseProcess

from tests.soak.watched import Watched

SLOWEST = 120  # seconds, a process that nobody kills
GLANCE = 0.002  # seconds between two looks at what was asked


@dataclass(frozen=True)
class Span:
    """What a process asks, and how long it takes, when nobody kills it."""

    requests: int
    seconds: float


def moments(chance: random.Random, many: int) -> Iterator[float]:
    """Give moments from 0 (its start) to 1 (its end), at random: one in each of so many parts."""
    while True:
        parts = [(place + chance.random()) / many for place in range(many)]
        chance.shuffle(parts)
        yield from parts


def let_be(process: BaseProcess, weather: Watched) -> Span:
    """Let a process come to its end."""
    asked, began = len(weather.asked), time.monotonic()
    process.start()
    process.join(SLOWEST)
    assert process.exitcode == 0
    return Span(len(weather.asked) - asked, time.monotonic() - began)


def killed(process: BaseProcess, weather: Watched, span: Span, moment: float) -> bool:
    """Kill a process on its way; False when it was done by then.

    Args:
        process: not started yet.
        weather: sees what it asks.
        span: of such a process when nobody kills it.
        moment: 0 to 1; between two requests its rest is waited.
    """
    asked = len(weather.asked)
    requests, rest = divmod(moment * (span.requests + 1), 1)
    process.start()
    while process.is_alive() and len(weather.asked) - asked < requests:
        process.join(GLANCE)
    process.join(rest * span.seconds / (span.requests + 1))
    process.kill()
    process.join()
    weather.still()
    return process.exitcode == -signal.SIGKILL
