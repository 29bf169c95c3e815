"""Python's collector of cycles, which walks everything that is alive again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Let the collector rest for work that makes very many things and keeps most of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


SELDOM = 100_000  # things made and not thrown away again; a page of records has fewer


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the collector wait longer, for work through which many things pass and go again."""
    before = gc.get_threshold()
    gc.set_threshold(max(SELDOM, before[0]) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
