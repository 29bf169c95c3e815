"""The register of issued codes as the register files read it, and what they add to it."""

from datetime import date
from sqlite3 import Cursor

import duckdb
import pyarrow as pa

from connectors.reconcile.codes import Candidate, issue
from connectors.reconcile.handed import hand_over
from connectors.store.casts import identifier
from connectors.store.raw import RawStore

_BATCH = 50_000
_TEXT = pa.string()
_ISSUED = pa.schema([("kind", _TEXT), ("key", _TEXT), ("code", _TEXT)])
_ROWS = pa.schema(
    [("kind", _TEXT), ("root_uuid", _TEXT), ("identity", _TEXT), ("row", pa.int64()),
     ("code", _TEXT)]
)  # fmt: skip
# codes of people and recommendations are found by the row they stand in
_BY_KEY = "SELECT kind, key, code FROM issued_code WHERE kind IN ('club', 'loan')"
_BY_ROW = "SELECT kind, root_uuid, identity, row, code FROM code_row"


def show_codes(connection: duckdb.DuckDBPyConnection, store: RawStore) -> None:
    """Make the tables ``issued_code`` and ``code_row`` for the register files."""
    _make(connection, "issued_code", _ISSUED, store.connection.execute(_BY_KEY))
    _make(connection, "code_row", _ROWS, store.connection.execute(_BY_ROW))


def issue_codes(
    connection: duckdb.DuckDBPyConnection, store: RawStore, step: str, kind: str, on: date
) -> int:
    """Give codes to everything in a table of candidates; tell how many.

    Args:
        step: the table, with key, scope, event_date, _root_uuid, _row and, in repeats, identity.
        kind: what the codes are for.
        on: the day to write down.
    """
    rows = connection.execute(f"SELECT * FROM {identifier(step)}").fetchall()  # noqa: S608 ours
    new = issue(store, kind, (Candidate(*row) for row in rows), on)
    by_key = [(kind, one.key, code) for one, code in new]
    hand_over(connection, "issued_code", _ISSUED, by_key, add=True)
    by_row = [
        (kind, one.root_uuid, one.identity, one.row, code) for one, code in new if one.identity
    ]
    hand_over(connection, "code_row", _ROWS, by_row, add=True)
    return len(new)


def remember_rows(
    connection: duckdb.DuckDBPyConnection, store: RawStore, step: str, kind: str
) -> None:
    """Keep in which rows people stand now, for the next run.

    Args:
        step: the table, with root_uuid, identity, row and code.
    """
    rows = connection.execute(
        f"SELECT $kind, root_uuid, identity, row, code FROM {identifier(step)}",  # noqa: S608 ours
        {"kind": kind},
    ).fetchall()
    with store.transaction() as transaction:
        transaction.executemany("INSERT OR REPLACE INTO code_row VALUES (?, ?, ?, ?, ?)", rows)


def _make(
    connection: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema, rows: Cursor
) -> None:
    hand_over(connection, name, schema, ())
    while batch := rows.fetchmany(_BATCH):
        hand_over(connection, name, schema, batch, add=True)
