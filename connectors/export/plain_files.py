"""A folder of files with lasting names, one a table: CSV for any program, Parquet for Power BI."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from connectors.export.sources import Source
from connectors.store.cells import safe_text
from programme.writing import replacing

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # without it Excel takes Vietnamese for another alphabet


def write_csv(source: Source, folder: Path, separator: str) -> None:
    """Write a table as CSV in UTF-8; text that Excel would run as a formula is marked as text.

    Args:
        separator: between columns; with ``;`` decimals have a comma, as in Vietnamese Excel.
    """
    schema = pa.schema([(column.header, pa.string()) for column in source.columns])
    options = pacsv.WriteOptions(delimiter=separator)
    with replacing(folder / f"{source.name}.csv") as file:
        file.write(BYTE_ORDER_MARK)
        with pacsv.CSVWriter(file, schema, write_options=options) as writer:
            for batch in source.batches():
                texts = [_text(column, separator) for column in batch.columns]
                writer.write_batch(pa.RecordBatch.from_arrays(texts, schema=schema))


def _text(values: pa.Array, separator: str) -> pa.Array:
    if pa.types.is_string(values.type):
        safe = [None if each is None else safe_text(each) for each in values.to_pylist()]
        return pa.array(safe, pa.string())
    if pa.types.is_decimal(values.type):
        digits = [None if each is None else f"{each.normalize():f}" for each in values.to_pylist()]
        return _decimal(pa.array(digits, pa.string()), separator)
    if pa.types.is_floating(values.type):
        return _decimal(values.cast(pa.string()), separator)
    if pa.types.is_timestamp(values.type):
        values = values.cast(pa.timestamp("s"), safe=False)  # nobody needs the fractions
    return values.cast(pa.string())


def _decimal(digits: pa.Array, separator: str) -> pa.Array:
    return pc.replace_substring(digits, ".", ",") if separator == ";" else digits


def write_parquet(source: Source, folder: Path) -> None:
    """Write a table as Parquet, typed; its columns always have their stable names."""
    batches = source.batches()
    first = next(batches)
    # Power BI has read snappy for longer than zstd
    with (
        replacing(folder / f"{source.name}.parquet") as file,
        pq.ParquetWriter(file, first.schema, compression="snappy") as writer,
    ):
        writer.write_batch(first)
        for batch in batches:
            writer.write_batch(batch)
