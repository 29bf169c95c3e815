"""The tables that checks read: their columns with types, and which have no row."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from connectors.store.casts import identifier

Types = Mapping[str, Mapping[str, str]]
Schema = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # table, columns, types
_TYPES: dict[str, Mapping[str, str]] = {}  # by what Arrow says; nights of one process ask once
_MOST = 1_000


@dataclass(frozen=True)
class CheckTables:
    """What is known of the tables before a check runs.

    Args:
        types: table → column → type as DuckDB writes it.
        empty: names of tables without a row.
    """

    types: Types
    empty: AbstractSet[str]

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, views: Mapping[str, Path]) -> "CheckTables":
        """Look at the views of a connection and at their files."""
        types, empty = {}, set()
        for name, path in sorted(views.items()):
            with pq.ParquetFile(path) as file:
                schema = str(file.schema_arrow)
                if not file.metadata.num_rows:
                    empty.add(name)
            types[name] = _types(connection, name, schema)
        return cls(types, empty)

    @cached_property
    def schema(self) -> Schema:
        """The tables, columns and types as one value."""
        return tuple((name, tuple(columns.items())) for name, columns in self.types.items())

    @cached_property
    def schema_key(self) -> int:
        """A hash of the schema, within this process."""
        return hash(self.schema)


def _types(connection: duckdb.DuckDBPyConnection, name: str, schema: str) -> Mapping[str, str]:
    known = _TYPES.get(schema)
    if known is None:
        described = connection.execute(f"DESCRIBE {identifier(name)}").fetchall()
        known = {str(row[0]): str(row[1]) for row in described}
        if len(_TYPES) < _MOST:
            _TYPES[schema] = known
    return known
