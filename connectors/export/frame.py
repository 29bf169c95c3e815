"""A table as a pandas frame, by names or in words."""

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from connectors.export.hidden import hidden
from connectors.export.sources import open_source
from connectors.export.wording import wording
from connectors.store.tables import open_tables
from programme.folder import Folder

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def read_frame(
    folder: Folder, name: str, labels: str | None = None, identified: bool = False
) -> "pd.DataFrame":
    """Read a table of the last run; arguments and problems as for ``ishc.table``."""
    import pandas as pd  # noqa: PLC0415 - takes a second to load
    import pyarrow as pa  # noqa: PLC0415

    tables = open_tables(folder, identified)
    whom = hidden(folder, tables, identified=identified)
    if labels is None:
        rows = pq.read_table(tables.path(name))
        if whom:
            personal = whom.personal(name, rows.column_names)
            batches = [whom.leave_out(name, each, personal) for each in rows.to_batches()]
            rows = pa.Table.from_batches(batches, rows.schema)
    else:
        source = open_source(tables, name, wording(tables, labels), whom)
        rows = pa.Table.from_batches(list(source.batches()))
        rows = rows.rename_columns([column.header for column in source.columns])
    nullable = {
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
        pa.string(): pd.StringDtype(),
    }
    frame: pd.DataFrame = rows.cast(_for_pandas(rows.schema)).to_pandas(types_mapper=nullable.get)
    return frame


def _for_pandas(schema: "pa.Schema") -> "pa.Schema":
    """Let days be dates that pandas reckons with, and decimals numbers."""
    import pyarrow as pa  # noqa: PLC0415

    def kind(was: pa.DataType) -> pa.DataType:
        if pa.types.is_date(was):
            return pa.timestamp("s")
        return pa.float64() if pa.types.is_decimal(was) else was

    return pa.schema([field.with_type(kind(field.type)) for field in schema])
