"""Rows of a query as they come, and what goes wrong on the way under its own name."""

from collections.abc import Iterator, Mapping

import duckdb
import pyarrow as pa

_ERRORS: Mapping[str, type[duckdb.Error]] = {
    "Out of Memory Error": duckdb.OutOfMemoryException,
    "INTERRUPT Error": duckdb.InterruptException,
    "IO Error": duckdb.IOException,
}


def in_batches(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """Give the batches of a query that DuckDB carries out while they are read.

    Raises:
        duckdb.Error: as if the query had failed at once; Arrow makes ``OSError`` of all of them.
    """
    try:
        yield from reader
    except OSError as error:
        kind = _ERRORS.get(str(error).partition(":")[0], duckdb.Error)
        raise kind(str(error)) from error
