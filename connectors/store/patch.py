"""A table of the last run with some submissions taken out and others put in, row group by group.

The rows stand as a rebuild would write them: by source, number on the server and row.
"""

import math
from bisect import bisect_left
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.store.parquet import COMPRESSION, ROWS, link, new_file

_KEYS = ("_source", "_id", "_row")
_ROOT = "_root_uuid"
_STRETCH = 1.5  # a row group may grow so much before it is split
_RUNS = 100  # so many pieces are put together faster than every row is copied

Key = tuple[str, int]


def patch_table(old: Path, new: Path, target: Path, roots: Collection[str]) -> int:
    """Write a table anew: without the rows of some submissions, with those of another file.

    A table that stays as it was becomes a second name of the old file.

    Args:
        old: the table so far, in order.
        new: rows to put in, of the same columns, in order.
        target: the file to be made.
        roots: root uuids of the submissions to take out.

    Returns:
        its number of rows.

    Raises:
        pyarrow.ArrowInvalid: a file is damaged.
    """
    added = pq.read_table(new)
    gone = pa.array(sorted(roots), pa.string())
    with pq.ParquetFile(old, memory_map=False) as file:
        if not added.num_rows and not _any_gone(file, gone):
            link(old, target)
            return int(file.metadata.num_rows)
        rows = 0
        new_file(target)
        with pq.ParquetWriter(target, file.schema_arrow, compression=COMPRESSION) as writer:
            for part in _parts(file, added, gone):
                rows += part.num_rows
                if part.num_rows:  # a group without rows has no first one, which the next run asks
                    writer.write_table(part, row_group_size=_group(part.num_rows))
    return rows


def _any_gone(file: pq.ParquetFile, gone: pa.Array) -> bool:
    batches = file.iter_batches(columns=[_ROOT])
    return any(pc.any(pc.is_in(batch.column(0), gone)).as_py() for batch in batches)


def _parts(file: pq.ParquetFile, added: pa.Table, gone: pa.Array) -> Iterator[pa.Table]:
    """Give the row groups, each with the rows that belong before the next one."""
    groups = file.metadata.num_row_groups
    firsts = [_first(file, group) for group in range(1, groups)]
    ids = zip(added.column("_source").to_pylist(), added.column("_id").to_pylist(), strict=True)
    keys: list[Key] = list(ids)
    start = 0
    for group in range(groups):
        end = bisect_left(keys, firsts[group]) if group < len(firsts) else len(keys)
        yield _patched(file.read_row_group(group), added.slice(start, end - start), gone)
        start = end
    if not groups:
        yield added


def _first(file: pq.ParquetFile, group: int) -> Key:
    row = file.read_row_group(group, columns=["_source", "_id"]).slice(0, 1)
    return row.column("_source")[0].as_py(), row.column("_id")[0].as_py()


def _patched(old: pa.Table, added: pa.Table, gone: pa.Array) -> pa.Table:
    stays = pc.invert(pc.is_in(old.column(_ROOT), gone))
    if not added.num_rows:
        return old if pc.all(stays).as_py() else old.filter(stays)
    whole = pa.concat_tables([old, added])
    keys = whole.select([name for name in _KEYS if name in whole.column_names])
    keys = keys.append_column("_place", pa.array(range(whole.num_rows), pa.int64()))
    stays = pa.chunked_array([*stays.chunks, pa.repeat(pa.scalar(True), added.num_rows)])
    by = [(name, "ascending") for name in keys.column_names]
    return _in_order(whole, keys.filter(stays).sort_by(by).column("_place").to_numpy())


def _in_order(rows: pa.Table, places: "np.ndarray[Any, np.dtype[np.int64]]") -> pa.Table:
    """Give rows by their places; long runs of them are not copied."""
    ends = [*(np.flatnonzero(np.diff(places) != 1) + 1).tolist(), len(places)]
    if len(ends) > _RUNS:
        return rows.combine_chunks().take(places)
    runs = zip([0, *ends], ends, strict=False)
    return pa.concat_tables(
        [rows.slice(0, 0), *(rows.slice(places[at], end - at) for at, end in runs if end > at)]
    )


def _group(rows: int) -> int:
    """Give how many rows a row group shall have, so that none is left over for a small one."""
    parts = 1 if rows <= ROWS * _STRETCH else math.ceil(rows / ROWS)
    return max(1, math.ceil(rows / parts))
