"""Parquet files in two folders: everything for the data's owner, and a copy that names nobody."""

import os
import shutil
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from connectors.store.pseudonym import Pseudonyms
from programme.writing import OWNER_MAY

COMPRESSION = "zstd"
ROWS = 20_000  # of a row group: sixteen are read ahead, with all columns that are asked for


@dataclass(frozen=True, slots=True)
class Pair:
    """The two folders of one run, and what turns codes of people into pseudonyms.

    Args:
        identified: folder with every column.
        tables: folder without personal columns.
        pseudonyms: for the columns that hold codes of people.
    """

    identified: Path
    tables: Path
    pseudonyms: Pseudonyms


@dataclass(frozen=True, slots=True)
class Protection:
    """Which columns of a table name people.

    Args:
        personal: left out of ``tables/``.
        person_keys: replaced there by pseudonyms.
    """

    personal: Set[str] = frozenset()
    person_keys: Set[str] = frozenset()

    def changes(self, names: Iterable[str]) -> bool:
        """Tell whether any of some columns names people."""
        return not (self.personal | self.person_keys).isdisjoint(names)

    def apply(self, table: pa.Table, pseudonyms: Pseudonyms) -> pa.Table:
        """Give the table as people without a right to names may see it."""
        table = table.select([name for name in table.column_names if name not in self.personal])
        for name in sorted(self.person_keys & set(table.column_names)):
            number = table.column_names.index(name)
            table = table.set_column(number, name, pseudonyms.column(table.column(name)))
        return table


PUBLIC = Protection()


class TableWriter:
    """Writes one table into both folders, batch after batch.

    Args:
        pair: the two folders.
        name: name of the table; the file is ``NAME.parquet``.
        protection: which columns name people.
    """

    def __init__(self, pair: Pair, name: str, protection: Protection = PUBLIC) -> None:
        self._pair = pair
        self._protection = protection
        self._paths = tuple(folder / f"{name}.parquet" for folder in (pair.identified, pair.tables))
        self._writers: list[pq.ParquetWriter] = []
        self._waiting: list[list[pa.Table]] = []
        self._alike = False
        self.rows = 0

    def write(self, table: pa.Table, public: pa.Table | None = None) -> None:
        """Add rows; the first batch decides the columns, even when it is empty.

        Args:
            table: the rows.
            public: rows for ``tables/``, where some are left out; else those of ``table``.
        """
        shown = table if public is None else public
        if not self._writers:
            self._alike = public is None and not self._protection.changes(table.column_names)
        assert public is None or not self._alike, "only the first rows decide that"
        versions = [table]
        if not self._alike:
            versions.append(self._protection.apply(shown, self._pair.pseudonyms))
        if not self._writers:
            self._open(versions)
        for waiting, version in zip(self._waiting, versions, strict=True):
            waiting.append(version)
        self.rows += table.num_rows
        if sum(each.num_rows for each in self._waiting[0]) >= ROWS:
            self._write_waiting()

    def _open(self, versions: Sequence[pa.Table]) -> None:
        for path, version in zip(self._paths, versions, strict=False):
            new_file(path)
            self._writers.append(pq.ParquetWriter(path, version.schema, compression=COMPRESSION))
            self._waiting.append([])

    def _write_waiting(self) -> None:
        for writer, waiting in zip(self._writers, self._waiting, strict=True):
            table = pa.concat_tables(waiting)
            waiting.clear()
            writer.write_table(table, row_group_size=max(1, table.num_rows))

    def close(self) -> None:
        """Finish both files."""
        if any(each.num_rows for waiting in self._waiting for each in waiting):
            self._write_waiting()
        for writer in self._writers:
            writer.close()
        if self._writers and self._alike:  # nothing in it names anybody
            link(*self._paths)

    def __enter__(self) -> "TableWriter":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def new_file(path: Path) -> None:
    """Make an empty file, so that it is never readable by others, not even while it grows."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_MAY))


def link(path: Path, name: Path) -> None:
    """Give a finished file a second name; where file systems cannot, a copy of it."""
    try:
        os.link(path, name)
    except OSError:
        new_file(name)
        shutil.copyfile(path, name)


def write_table(pair: Pair, name: str, table: pa.Table, protection: Protection = PUBLIC) -> int:
    """Write a whole table into both folders; give back its number of rows."""
    with TableWriter(pair, name, protection) as writer:
        writer.write(table)
    return writer.rows
