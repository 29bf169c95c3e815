"""Two live records with one root uuid are one submission seen twice: the tables keep one."""

# ruff: noqa: S608 - names and texts go through identifier() and literal()

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.store.parquet import COMPRESSION, Pair
from forms.schema import FormSchema


def drop_seen_twice(schema: FormSchema, pair: Pair, rows: dict[str, int]) -> pa.Table:
    """Keep of each submission the copy that was finished last; decided by content, not arrival.

    Args:
        schema: the form.
        pair: folders in which its tables lie; rewritten only when there are copies.
        rows: number of rows by table, brought up to date.

    Returns:
        ``_source`` and ``_id`` of the copies dropped.
    """
    losers = _losers(schema, pair)
    for table in schema.tables if losers.num_rows else ():
        for folder in (pair.identified, pair.tables):
            path = folder / f"{table.name}.parquet"
            kept = without(pq.read_table(path), losers)
            with pq.ParquetWriter(path, kept.schema, compression=COMPRESSION) as writer:
                writer.write_table(kept)
            rows[table.name] = kept.num_rows
    return losers


def _losers(schema: FormSchema, pair: Pair) -> pa.Table:
    names = {column.name for column in schema.root.columns if column.kind == "datetime"}
    last = '"end" DESC NULLS LAST, ' if "end" in names else ""
    columns = ["_source", "_id", "_root_uuid", "_uuid", *(["end"] if "end" in names else [])]
    submissions = pq.read_table(pair.identified / f"{schema.root.name}.parquet", columns=columns)
    distinct = pc.count_distinct(submissions.column("_root_uuid"), mode="all").as_py()
    if distinct == submissions.num_rows:  # as on nearly every night
        return submissions.select(["_source", "_id"]).slice(0, 0)
    with duckdb.connect(":memory:") as connection:
        connection.register("submission", submissions)
        return connection.sql(
            "SELECT _source, _id FROM submission WHERE _root_uuid <> '' QUALIFY row_number() "
            f"OVER (PARTITION BY _root_uuid ORDER BY {last}_uuid DESC, _source, _id) > 1"
        ).to_arrow_table()


def without(table: pa.Table, losers: pa.Table) -> pa.Table:
    """Give the rows of a table that do not belong to a dropped copy, in their order."""
    with duckdb.connect(":memory:") as connection:
        connection.register("loser", losers)
        connection.register("whole", table.append_column("_order", [range(table.num_rows)]))
        return connection.sql(
            "SELECT * EXCLUDE (_order) FROM whole ANTI JOIN loser USING (_source, _id) "
            "ORDER BY _order"
        ).to_arrow_table()
