"""What changed in the store since a moment: a log that triggers keep, whoever writes.

A run works only on what came after the last one. Its mark is the last line of the log, with a
random number: a store that was restored from a copy soon has a line of that number too, but not
with that random number, and then nothing that was made before is trusted.
"""

from dataclasses import dataclass

from connectors.store.raw import RawStore


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the log of changes; ``Mark()`` is its beginning.

    Args:
        number: of its line.
        token: the random number that stands there.
    """

    number: int = 0
    token: int = 0


def last_change(store: RawStore) -> Mark:
    """Give the place up to which the log reaches now."""
    row = store.connection.execute(
        "SELECT number, token FROM change ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return Mark(*row) if row else Mark()


def knows(store: RawStore, mark: Mark) -> bool:
    """Tell whether the log tells everything that came after a mark."""
    row = store.connection.execute(
        "SELECT token FROM change WHERE number = ?", (mark.number,)
    ).fetchone()
    return row is not None and row[0] == mark.token


def changed_roots(store: RawStore, form: str, after: Mark, until: Mark) -> frozenset[str]:
    """Give the root uuids of a form's submissions that came, changed or went.

    Args:
        after: a mark that the store knows.
        until: nothing later is looked at.
    """
    rows = store.connection.execute(
        "SELECT DISTINCT root_uuid FROM change WHERE number > ? AND number <= ? AND form = ?",
        (after.number, until.number, form),
    )
    return frozenset(root for (root,) in rows)


def forget_changes(store: RawStore, before: Mark) -> None:
    """Drop what stands in the log before a mark; the mark itself stays known."""
    with store.transaction() as connection:
        connection.execute("DELETE FROM change WHERE number < ?", (before.number,))
