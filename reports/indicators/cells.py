"""The computed numbers of every period, packed: a period is unpacked when it is asked for."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

Values = np.ndarray  # one number an area, NaN where there is none
_UNPACKED = 256_000_000  # bytes of unpacked periods that are held
_MANY = 64  # breakdowns of periods that are held


@dataclass(frozen=True, slots=True)
class Parted:
    """The parts of the figures of a period by one breakdown: one row an area and category.

    Args:
        starts: place of an area → its first row and the one after its last.
    """

    rows: pa.Table
    starts: Mapping[int, tuple[int, int]]

    def of(self, area: int) -> list[dict[str, Any]]:
        """Give the rows of an area."""
        first, last = self.starts.get(area, (0, 0))
        found: list[dict[str, Any]] = self.rows.slice(first, last - first).to_pylist()
        return found


@dataclass(slots=True)
class Cells:
    """Columns of numbers by period, and parts by period.

    Args:
        packed: number of a period → its columns as Parquet.
        parted: number of a period and of a breakdown → the parts as Parquet.
    """

    packed: dict[int, bytes]
    parted: dict[tuple[int, int], bytes]
    _columns: OrderedDict[int, dict[str, Values]] = field(default_factory=OrderedDict)
    _parts: dict[tuple[int, int], Parted] = field(default_factory=dict)

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

    def parts(self, period: int, breakdown: int) -> Parted:
        """Give the parts of a period by a breakdown."""
        key = (period, breakdown)
        if key not in self._parts:
            if len(self._parts) > _MANY:
                self._parts.clear()
            self._parts[key] = _parted(self.parted.get(key))
        return self._parts[key]

    def save(self, folder: Path) -> None:
        """Write one file a period, and one a period and breakdown."""
        for number, content in self.packed.items():
            (folder / f"{number:04d}.parquet").write_bytes(content)
        for (number, breakdown), content in self.parted.items():
            (folder / f"{number:04d}.{breakdown:02d}.parquet").write_bytes(content)

    @classmethod
    def load(cls, folder: Path, periods: int, breakdowns: int) -> "Cells":
        """Read what ``save`` wrote."""
        parted = {
            (number, breakdown): path.read_bytes()
            for number in range(periods)
            for breakdown in range(breakdowns)
            if (path := folder / f"{number:04d}.{breakdown:02d}.parquet").is_file()
        }
        names = range(periods)
        packed = {number: (folder / f"{number:04d}.parquet").read_bytes() for number in names}
        return cls(packed, parted)


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
    areas = rows.column("area_no").to_numpy()
    known, first = np.unique(areas, return_index=True)
    ends = [*first[1:], len(areas)]
    starts = {
        int(area): (int(one), int(end)) for area, one, end in zip(known, first, ends, strict=True)
    }
    return Parted(rows, starts)
