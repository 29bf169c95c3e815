"""What a benchmark hands to the runner, and how a time is taken."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

RUNS = 5


@dataclass(frozen=True, slots=True)
class Section:
    """One section of ``docs/benchmarks.md``.

    Attributes:
        title: the heading.
        prose: what was measured and how, in a few sentences of Markdown.
        rows: a table; the first row is its head, every row as long as the first.
    """

    title: str
    prose: str
    rows: Sequence[Sequence[str]]


def median_seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Run ``work`` several times and return the median wall-clock time in seconds."""
    return statistics.median(seconds(work) for _ in range(runs))


def seconds(work: Callable[[], object]) -> float:
    """Run ``work`` once and return its wall-clock time in seconds."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
