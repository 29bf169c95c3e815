"""What analysts, checks, indicators and reports read: the tables of the current run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.store.runs import Current, read_current
from programme.folder import Folder
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.text import did_you_mean, nearest

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class TableSet:
    """The tables of one finished run; they stay as they are while it is read.

    Args:
        root: folder that holds one Parquet file a table.
        names: names of the tables, sorted.
        run: name of the run.
        as_of: nothing later than this day is in the registers.
    """

    root: Path
    names: tuple[str, ...]
    run: str
    as_of: date

    def path(self, name: str) -> Path:
        """Give a table's Parquet file.

        Raises:
            ProblemError: ``table-unknown`` with the nearest right name.
        """
        if name not in self.names:
            raise ProblemError(_unknown(name, self.names))
        return self.root / f"{name}.parquet"

    def views(self) -> Mapping[str, Path]:
        """Give every table's file by name, as the SQL guard wants them."""
        return {name: self.root / f"{name}.parquet" for name in self.names}

    def table(self, name: str) -> "pd.DataFrame":
        """Read a table as a pandas frame; whole numbers stay whole where a value is missing.

        Raises:
            ProblemError: ``table-unknown`` with the nearest right name.
        """
        import pandas as pd  # noqa: PLC0415 - takes a second to load

        return pd.read_parquet(self.path(name), dtype_backend="numpy_nullable")


def open_tables(folder: Folder, identified: bool = False) -> TableSet:
    """Open the tables of the last finished run.

    Args:
        folder: the programme.
        identified: with the columns that name people, for the data's owner.

    Raises:
        ProblemError: ``tables-missing`` when nothing was reconciled yet.
    """
    current = read_current(folder)
    if current is None:
        raise ProblemError(_missing(folder), Exit.INPUT)
    root = (folder.identified if identified else folder.tables) / current.run
    if not root.is_dir():
        raise ProblemError(_missing(folder), Exit.STORE)
    return _set(root, current)


def table(folder: Folder, name: str, identified: bool = False) -> "pd.DataFrame":
    """Read one table of the last finished run as a pandas frame, for notebooks.

    Raises:
        ProblemError: ``tables-missing``, ``table-unknown``.
    """
    return open_tables(folder, identified).table(name)


def _set(root: Path, current: Current) -> TableSet:
    return TableSet(root, current.names, current.run, current.as_of)


def _missing(folder: Folder) -> Problem:
    pulled = folder.store.is_file()
    command = "ishc reconcile" if pulled else "ishc pull"
    return Problem(
        "tables-missing",
        Text(vi="chưa có bảng số liệu nào", en="there are no tables yet"),
        Text(
            vi=f"hãy chạy «{command}»" + ("" if pulled else ", rồi «ishc reconcile»"),
            en=f"run “{command}”" + ("" if pulled else ", then “ishc reconcile”"),
        ),
        Place(file=str(folder.data)),
    )


def _unknown(name: str, names: tuple[str, ...]) -> Problem:
    hint = did_you_mean(nearest(name, names))
    return Problem(
        "table-unknown",
        Text(
            vi=f"không có bảng «{name}»{hint.vi}",
            en=f"there is no table “{name}”{hint.en}",
        ),
        Text(
            vi="các bảng có thể dùng: " + ", ".join(names),
            en="tables to use: " + ", ".join(names),
        ),
    )
