"""The computed numbers of every period, packed: a period is unpacked when it is asked for."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

Values = np.ndarray  # one number an area, NaN where there is none
_UNPACKED = 256_000_000  # bytes of unpacked periods that are held


@dataclass(frozen=True, slots=True)
class Parted:
    """The parts of all figures of a period: one row a breakdown, line, area and category."""

    rows: pa.Table
    starts: Mapping[tuple[str, str, int], tuple[int, int]]


@dataclass(slots=True)
class Cells:
    """Columns of numbers by period, and parts by period.

    Args:
        packed: number of a period → its columns as Parquet.
        parted: number of a period → its parts as Parquet.
    """

    packed: dict[int, bytes]
    parted: dict[int, bytes]
    _columns: OrderedDict[int, dict[str, Values]] = field(default_factory=OrderedDict)
    _parts: dict[int, Parted] = field(default_factory=dict)

    def columns(self, period: int) -> Mapping[str, Values]:
        """Give the columns of a period."""
        found = self._columns.get(period)
        if found is None:
            found = unpacked(self.packed[period])
            self._columns[period] = found
            size = sum(each.nbytes for each in found.values())
            while len(self._columns) > max(1, _UNPACKED // max(1, size)):
                self._columns.popitem(last=False)
        return found

    def parts(self, period: int) -> Parted:
        """Give the parts of a period."""
        if period not in self._parts:
            if len(self._parts) > _MANY:
                self._parts.clear()
            self._parts[period] = _parted(self.parted.get(period))
        return self._parts[period]

    def save(self, folder: Path) -> None:
        """Write one or two files a period."""
        for number, packed in self.packed.items():
            (folder / f"{number:04d}.parquet").write_bytes(packed)
        for number, packed in self.parted.items():
            (folder / f"{number:04d}.parts.parquet").write_bytes(packed)

    @classmethod
    def load(cls, folder: Path, periods: int) -> "Cells":
        """Read what ``save`` wrote."""
        names = range(periods)
        files = {number: folder / f"{number:04d}.parts.parquet" for number in names}
        return cls(
            {number: (folder / f"{number:04d}.parquet").read_bytes() for number in names},
            {number: path.read_bytes() for number, path in files.items() if path.is_file()},
        )


_MANY = 16


def packed(columns: Mapping[str, Values]) -> bytes:
    """Pack columns; equal columns give equal bytes."""
    names = sorted(columns)
    table = pa.table([pa.array(columns[name], from_pandas=True) for name in names], names)
    return packed_table(table)


def packed_table(table: pa.Table) -> bytes:
    """Pack a table."""
    target = BytesIO()
    pq.write_table(table, target, compression="zstd", write_statistics=False)
    return target.getvalue()


def unpacked(content: bytes) -> dict[str, Values]:
    """Unpack columns."""
    table = pq.read_table(BytesIO(content))
    return {
        name: table.column(name).to_numpy().astype(np.float64, copy=False)
        for name in table.column_names
    }


def number(values: Mapping[str, Values], column: str | None, place: int) -> float | None:
    """Give one number; None where there is none."""
    if column is None or column not in values:
        return None
    found = float(values[column][place])
    return None if found != found else found  # noqa: PLR0124 - NaN is unlike itself


def _parted(content: bytes | None) -> Parted:
    if content is None:
        return Parted(pa.table({}), {})
    rows = pq.read_table(BytesIO(content))
    keys: Sequence[Sequence[object]] = [
        rows.column(name).to_pylist() for name in ("breakdown", "line", "area_no")
    ]
    starts: dict[tuple[str, str, int], tuple[int, int]] = {}
    for place, key in enumerate(zip(*keys, strict=True)):
        first, _ = starts.get(key, (place, place))
        starts[key] = (first, place + 1)
    return Parted(rows, starts)
