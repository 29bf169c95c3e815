"""Submissions that servers list and that could not be read: which, and since when."""

from collections.abc import Iterable

import orjson

from connectors.servers.contract import Unreadable
from connectors.store.raw import RawStore

Where = tuple[str, str, str]  # source, form, asset


def set_apart(store: RawStore, where: Where, apart: Iterable[Unreadable], seen: str) -> None:
    """Note submissions that cannot be read; what was stored of them before stays as it is.

    Args:
        seen: moment of the pull, UTC.
    """
    with store.transaction() as connection:
        connection.executemany(
            "INSERT INTO unreadable (source, form, asset, id, why, first_seen, last_seen)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET asset = excluded.asset,"
            " why = excluded.why, last_seen = excluded.last_seen",
            [(*where, each.row.id, each.why, seen, seen) for each in apart],
        )


def came_or_went(store: RawStore, where: Where, ids: Iterable[int]) -> None:
    """Forget that submissions could not be read, within a transaction."""
    store.connection.execute(
        "DELETE FROM unreadable WHERE source = ? AND form = ? AND asset = ?"
        " AND id IN (SELECT value FROM json_each(?))",
        (*where, orjson.dumps(list(ids)).decode()),
    )


def unreadable(store: RawStore, where: Where) -> set[int]:
    """Give the ids of those that could not be read."""
    rows = store.connection.execute(
        "SELECT id FROM unreadable WHERE source = ? AND form = ? AND asset = ?", where
    )
    return {number for (number,) in rows}


def never_read(store: RawStore, where: Where) -> int:
    """Count those of which no version is here: the server has them, and the live ones."""
    row = store.connection.execute(
        "SELECT COUNT(*) FROM unreadable AS one WHERE source = ? AND form = ? AND asset = ?"
        " AND NOT EXISTS (SELECT 1 FROM submission AS other WHERE other.source = one.source"
        " AND other.form = one.form AND other.id = one.id AND other.deleted IS NULL)",
        where,
    ).fetchone()
    return int(row[0])


def count_unreadable(store: RawStore, source: str, form: str) -> int:
    """Count the unreadable submissions of a form of a source."""
    known = "SELECT 1 FROM sqlite_master WHERE name = 'unreadable'"
    if store.connection.execute(known).fetchone() is None:
        return 0  # a store that is only read may be older than the table
    row = store.connection.execute(
        "SELECT COUNT(*) FROM unreadable WHERE source = ? AND form = ?", (source, form)
    ).fetchone()
    return int(row[0])
