"""Tables with names, without the people whose data are restricted: their rows still count."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.reconcile.initials import without_names
from connectors.store.raw import RawStore
from connectors.store.restricted import (
    KIND_OF,
    names_of_restricted,
    restricted,
    rows_of_restricted,
)
from connectors.store.tables import TableSet
from forms.tables import SEPARATOR
from programme.folder import Folder

_WHERE = ("_root_uuid", "_row")


@dataclass(frozen=True, slots=True)
class Hidden:
    """Whom tables with names leave out.

    Args:
        codes: of these people.
        rows: where they stand: kind of person, root uuid and number of the row.
        names: as they were said.
        public: folder of the same tables without names, which tells what names people.
    """

    codes: Collection[str]
    rows: Collection[tuple[str, str, int]]
    names: Sequence[str]
    public: Path

    def personal(self, table: str, columns: Sequence[str]) -> frozenset[str]:
        """Tell which columns of a table name people: those that the shared one has not."""
        shared = self.public / f"{table}.parquet"
        known = pq.read_schema(shared).names if shared.is_file() else []
        return frozenset(columns) - frozenset(known)

    def leave_out(
        self, table: str, batch: pa.RecordBatch, personal: Collection[str]
    ) -> pa.RecordBatch:
        """Give the rows without codes and answers of these people, and without names in texts."""
        theirs = self._theirs(KIND_OF.get(table.rpartition(SEPARATOR)[2], ""), batch)
        arrays = []
        for name, values in zip(batch.schema.names, batch.columns, strict=True):
            if name in personal:
                kept = pc.if_else(theirs, pa.scalar(None, values.type), values)
                arrays.append(self._unnamed(kept) if pa.types.is_string(values.type) else kept)
            else:
                arrays.append(self._uncoded(values))
        return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)

    def _theirs(self, kind: str, batch: pa.RecordBatch) -> pa.Array:
        named = batch.schema.names
        hit = [False] * batch.num_rows
        if all(each in named for each in _WHERE):
            roots, rows = (batch.column(each).to_pylist() for each in _WHERE)
            hit = [(kind, *where) in self.rows for where in zip(roots, rows, strict=True)]
        mask = pa.array(hit, pa.bool_())
        wanted = pa.array(sorted(self.codes), pa.string())
        for name, values in zip(named, batch.columns, strict=True):
            if name.endswith("_code") and pa.types.is_string(values.type):
                mask = pc.or_(mask, pc.is_in(values, wanted))
        return mask

    def _uncoded(self, values: pa.Array) -> pa.Array:
        if pa.types.is_string(values.type):
            gone = pc.is_in(values, pa.array(sorted(self.codes), pa.string()))
            return pc.if_else(gone, pa.scalar(None, values.type), values)
        if pa.types.is_list(values.type) and pa.types.is_string(values.type.value_type):
            rows: list[Any] = values.to_pylist()
            kept = [row and [each for each in row if each not in self.codes] for row in rows]
            return pa.array(kept, values.type)
        return values

    def _unnamed(self, values: pa.Array) -> pa.Array:
        texts = [text and without_names(text, self.names) for text in values.to_pylist()]
        return self._uncoded(pa.array(texts, values.type))


def hidden(folder: Folder, tables: TableSet, *, identified: bool) -> Hidden | None:
    """Give whom tables with names leave out; None for tables without, and where nobody asked.

    Args:
        identified: the tables have the columns that name people.
    """
    if not identified or not folder.store.is_file():
        return None
    with RawStore.read(folder.store) as store:
        codes = frozenset(restricted(store))
        if not codes:
            return None
        return Hidden(
            codes,
            frozenset(rows_of_restricted(store)),
            names_of_restricted(store),
            folder.tables / tables.run,
        )
