"""A table as a pandas frame, by names or in words."""

from typing import TYPE_CHECKING

from connectors.export.sources import open_source
from connectors.export.wording import wording
from connectors.store.tables import open_tables
from programme.folder import Folder
from programme.problem import Language

if TYPE_CHECKING:
    import pandas as pd


def read_frame(
    folder: Folder, name: str, labels: Language | None = None, identified: bool = False
) -> "pd.DataFrame":
    """Read a table of the last run; arguments and problems as for ``ishc.table``."""
    tables = open_tables(folder, identified)
    if labels is None:
        return tables.table(name)
    import pandas as pd  # noqa: PLC0415 - takes a second to load
    import pyarrow as pa  # noqa: PLC0415

    source = open_source(tables, name, wording(tables, labels))
    rows = pa.Table.from_batches(list(source.batches()))
    frame = rows.rename_columns([column.header for column in source.columns])
    nullable = {
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
        pa.string(): pd.StringDtype(),
    }
    made: pd.DataFrame = frame.to_pandas(types_mapper=nullable.get)
    return made
