"""Less memory for large tables: what was freed goes back, instead of being kept for later."""

import ctypes
import os
from contextlib import suppress

_M_ARENA_MAX = -8  # of glibc's mallopt
_ARENAS = 2  # DuckDB and Arrow have a thread for each processor, and each would keep a heap
# Arrow reads it once, when it is first used; its own allocator keeps what it got, a quarter of all
# that a reconcile holds
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


def share_heaps() -> None:
    """Let the threads of this process share heaps; nothing where the system's C has no word for it.

    Best called before threads begin.
    """
    with suppress(OSError, AttributeError, TypeError):  # Windows, macOS, musl
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)
