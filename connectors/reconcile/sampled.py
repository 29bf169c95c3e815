"""The yearly survey's sample as the register files read it."""

import duckdb
import pyarrow as pa

from connectors.reconcile.handed import hand_over
from connectors.store.raw import RawStore

_TEXT, _NUMBER = pa.string(), pa.float64()
SAMPLE = pa.schema(
    [("year", pa.int64()), ("code", _TEXT), ("stratum", _TEXT), ("club", _TEXT),
     ("member", _TEXT), ("weight", _NUMBER), ("club_chance", _NUMBER), ("member_chance", _NUMBER),
     ("place", pa.int64()), ("state", _TEXT), ("replaces", _TEXT)]
)  # fmt: skip


def show_sample(connection: duckdb.DuckDBPyConnection, store: RawStore) -> None:
    """Make the table ``sample`` for the register files: everybody who was ever drawn."""
    rows = store.connection.execute(f"SELECT {', '.join(SAMPLE.names)} FROM sample")  # noqa: S608 ours
    hand_over(connection, "sample", SAMPLE, rows)
