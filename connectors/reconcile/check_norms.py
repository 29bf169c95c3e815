"""The norms that the forms use, as a table for the checks: ceilings, caps, weights."""

import csv

import pyarrow as pa

from connectors.store.parquet import Pair, write_table
from programme.folder import Folder

TABLE = "norm"
_FILE = "norms.csv"
_SCHEMA = pa.schema([("name", pa.string()), ("value", pa.string()), ("unit", pa.string())])


def write_norms(pair: Pair, folder: Folder) -> None:
    """Write the table ``norm`` of ``xlsforms/norms.csv``; a programme without that list has none.

    Money is in thousand đồng there, as the forms compare it.
    """
    path = folder.media(_FILE)
    if path is None:
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [{name: row.get(name) for name in _SCHEMA.names} for row in csv.DictReader(file)]
    write_table(pair, TABLE, pa.Table.from_pylist(rows, schema=_SCHEMA))
