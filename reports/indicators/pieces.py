"""Rows of a query as packed numbers of every period: unpacked, all periods would not fit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reports.indicators.area_tree import AreaTree
from reports.indicators.cells import Values, packed, packed_table

_CODEC = "lz4"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some columns of one period, compressed."""

    names: tuple[str, ...]
    areas: int
    content: bytes

    def columns(self) -> Iterator[tuple[str, Values]]:
        """Give the columns."""
        size = len(self.names) * self.areas * 8
        whole = np.frombuffer(pa.decompress(self.content, size, _CODEC, asbytes=True))
        yield from zip(self.names, whole.reshape(len(self.names), self.areas), strict=True)


def piece_of(columns: Mapping[str, Values]) -> Piece:
    """Compress columns, one number an area each."""
    whole = np.stack([each.astype(np.float64) for each in columns.values()])
    return Piece(tuple(columns), whole.shape[1], pa.compress(whole.tobytes(), _CODEC, asbytes=True))


def joined(pieces: Sequence[Piece]) -> bytes:
    """Pack all columns of a period together."""
    return packed(dict(column for piece in pieces for column in piece.columns()))


def numbers(
    rows: pa.Table, nothing: pa.Table, names: Sequence[str], tree: AreaTree
) -> Callable[[int, Sequence[str], str], Piece]:
    """Give what makes a period's piece of a query's rows.

    Args:
        rows: ``by_no``, ``area_no`` and columns of numbers.
        nothing: the one row of an area that has none.
        names: of the columns.
        tree: the areas.
    """
    order = np.argsort(rows.column("by_no").to_numpy(), kind="stable")
    keys = rows.column("by_no").to_numpy()[order]
    places = places_of(tree)[rows.column("area_no").to_numpy()[order]]
    values = {name: _floats(rows.column(name))[order] for name in names}
    default = {name: _floats(nothing.column(name))[0] for name in names}

    def piece(key: int, wanted: Sequence[str], before: str = "") -> Piece:
        first, last = np.searchsorted(keys, key, "left"), np.searchsorted(keys, key, "right")
        whole = np.empty((len(wanted), len(tree.asked)))
        for row, name in enumerate(wanted):
            whole[row] = default[name]
            whole[row, places[first:last]] = values[name][first:last]
        content = pa.compress(whole.tobytes(), _CODEC, asbytes=True)
        return Piece(tuple(f"{before}{name}" for name in wanted), len(tree.asked), content)

    return piece


def parts(
    found: Sequence[pa.Table], names: Sequence[str], tree: AreaTree, keys: Mapping[int, int]
) -> Iterator[tuple[int, bytes]]:
    """Give the packed parts of every period by one breakdown.

    Args:
        found: rows of the queries: ``by_no``, ``area_no``, ``category`` and columns of numbers.
        names: of all columns.
        tree: the areas.
        keys: number of a period → ``by_no`` of its rows.
    """
    rows, *others = found
    for other in others:
        on = ["by_no", "area_no", "category"]
        rows = rows.join(other, on, join_type="full outer")
    rows = rows.filter(_anybody(rows, names))
    category = pc.fill_null(rows.column("category").cast(pa.string()), "")
    area = places_of(tree)[rows.column("area_no").to_numpy()]
    table = pa.table(
        [rows.column("by_no"), pa.array(area, pa.int32()), category, *map(rows.column, names)],
        ["by_no", "area_no", "category", *names],
    ).take(_in_order(rows.column("by_no").to_numpy(), area, category, len(tree.asked)))
    by = table.column("by_no").to_numpy()
    for number, key in keys.items():
        first, last = np.searchsorted(by, key, "left"), np.searchsorted(by, key, "right")
        if last > first:
            yield number, packed_table(table.slice(first, last - first).drop_columns(["by_no"]))


def _in_order(by: Values, area: Values, category: pa.ChunkedArray, areas: int) -> pa.Array:
    """Give the places of rows by period, area and category; one number sorts faster than three."""
    coded = category.combine_chunks().dictionary_encode()
    ranks = pc.rank(coded.dictionary).to_numpy()
    place = by.astype(np.int64) * areas + area
    return pa.array(np.argsort(place * (len(ranks) + 1) + ranks[coded.indices.to_numpy()]))


def _anybody(table: pa.Table, names: Sequence[str]) -> pa.ChunkedArray:
    """Tell the rows that hold anything: a category that everybody left is as one never met."""
    found = pa.scalar(False)
    for name in names:
        found = pc.or_(found, pc.fill_null(pc.not_equal(table.column(name), 0), False))
    return found


def places_of(tree: AreaTree) -> Values:
    """Give number of an area → its place among those asked for."""
    found = np.full(len(tree.nodes), -1, dtype=np.int64)
    for place, node in enumerate(tree.asked):
        found[tree.number[node.code]] = place
    return found


def _floats(column: pa.ChunkedArray) -> Values:
    found: Values = column.combine_chunks().to_numpy(zero_copy_only=False)
    return found.astype(np.float64)
