"""Small tables that are handed to the register files."""

from collections.abc import Iterable, Sequence

import duckdb
import pyarrow as pa

from connectors.store.casts import identifier


def hand_over(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    schema: pa.Schema,
    rows: Iterable[Sequence[object]],
    *,
    add: bool = False,
) -> None:
    """Make a table of some rows, or add them to it.

    Args:
        schema: its columns, in the order of the values of a row.
        add: the table is there already.
    """
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(list(each), field.type) for each, field in zip(columns, schema, strict=True)]
    into = f"INSERT INTO {identifier(name)}" if add else f"CREATE TABLE {identifier(name)} AS"
    connection.register("_handed", pa.Table.from_arrays(arrays, schema=schema))
    connection.execute(f"{into} SELECT * FROM _handed")  # noqa: S608 quoted names
    connection.unregister("_handed")
