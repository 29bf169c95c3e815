"""One pull at a time."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from connectors.store.faults import told


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock while the block runs; the system lets it go when the process dies.

    An exclusive transaction on a small SQLite file of its own: the one lock that works alike
    on every system, and readers of the store never wait for it.

    Args:
        path: the lock's file, for example ``data/pull.lock``.

    Raises:
        ProblemError: ``store-busy`` when somebody else holds it.
    """
    with told(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    with closing(connection):
        with told(path):
            connection.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")
