"""The tables of a run, read for an export batch by batch."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.export.columns import OutColumn, Wording, out_columns
from connectors.export.hidden import Hidden
from connectors.store.tables import TableSet
from programme.settings import PeopleSettings

BATCH = 20_000  # rows
DECIMALS = PeopleSettings().point_decimals
_POINT = ("latitude", "longitude")


@dataclass(frozen=True, slots=True)
class Source:
    """One table to be exported.

    Args:
        name: of the table.
        rows: how many it has.
        columns: as they go out.
    """

    name: str
    rows: int
    columns: Sequence[OutColumn]
    file: pq.ParquetFile
    hide: Callable[[pa.RecordBatch], pa.RecordBatch]
    decimals: int

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Give the rows as they go out, their columns by stable name; one batch at least."""
        for batch in self.file.iter_batches(BATCH):
            yield self._out(batch)
        if not self.rows:
            yield self._out(pa.RecordBatch.from_pylist([], schema=self.file.schema_arrow))

    def _out(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        batch = self.hide(batch)
        names = [column.name for column in self.columns]
        arrays = [column.make(self._rounded(batch, column.source)) for column in self.columns]
        return pa.RecordBatch.from_arrays(arrays, names=names)

    def _rounded(self, batch: pa.RecordBatch, name: str) -> pa.Array:
        values = batch.column(name)
        if name.endswith(_POINT) and pa.types.is_floating(values.type):
            return pc.round(values, self.decimals)
        return values


def open_source(
    tables: TableSet,
    name: str,
    wording: Wording,
    hidden: Hidden | None = None,
    decimals: int = DECIMALS,
) -> Source:
    """Open a table and lay out its columns.

    Args:
        hidden: whom a table with names leaves out.
        decimals: of latitude and longitude.

    Raises:
        ProblemError: ``table-unknown``.
    """
    file = pq.ParquetFile(tables.path(name))

    def occurring(column: str) -> Sequence[str]:
        chosen: set[str] = set()
        for batch in file.iter_batches(BATCH, columns=[column]):
            chosen.update(pc.unique(pc.list_flatten(batch.column(0))).to_pylist())
        return sorted(each for each in chosen if each and not (hidden and each in hidden.codes))

    columns = out_columns(name, file.schema_arrow, occurring, wording)

    def hide(batch: pa.RecordBatch) -> pa.RecordBatch:
        return batch if hidden is None else hidden.leave_out(name, batch, personal)

    personal = hidden.personal(name, file.schema_arrow.names) if hidden else frozenset()
    return Source(name, file.metadata.num_rows, columns, file, hide, decimals)
