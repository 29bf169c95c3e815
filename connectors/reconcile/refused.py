"""Submissions that a person refused: they do not count. A state that the programme set does."""

from collections.abc import Iterable

import duckdb
import orjson
import pyarrow as pa

from connectors.reconcile.handed import hand_over
from connectors.servers.central import records as central
from connectors.servers.kobo import records as kobo
from connectors.servers.kobo.states import STATES
from connectors.store.pushes import pushes
from connectors.store.raw import RawStore
from connectors.store.versions import Origin

_REFUSED = STATES["not_approved"]  # tables have the state in KoBo's words
_SCHEMA = pa.schema([("form", pa.string()), ("_source", pa.string()), ("_id", pa.int64())])


def show_refused(
    connection: duckdb.DuckDBPyConnection, store: RawStore, forms: Iterable[str]
) -> None:
    """Make the table ``refused`` for the register files: form, _source, _id.

    Args:
        store: has the ledger of the states that the programme set.
        forms: tables of forms to look at.
    """
    rows = []
    for form in forms:
        found = connection.execute(
            f"SELECT _source, _id FROM {form} WHERE _validation = '{_REFUSED}'"  # noqa: S608 ours
        ).fetchall()
        rows += [(form, *key) for key in found if not _ours(store, form, *key)]
    hand_over(connection, "refused", _SCHEMA, rows)


def _ours(store: RawStore, form: str, source: str, number: int) -> bool:
    asset, text = store.connection.execute(
        "SELECT asset, json FROM submission WHERE source = ? AND form = ? AND id = ?",
        (source, form, number),
    ).fetchone()
    ledger = pushes(store, Origin(source, form, asset), [number])
    if number not in ledger:
        return False
    record = orjson.loads(text)
    row = (central if "_system" in record else kobo).row_of(record, asset)
    return any(push.is_of(row, STATES) for push in ledger[number])
