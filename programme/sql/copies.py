"""Copies of large tables for one connection: DuckDB reads files of its own much faster."""

import shutil
from collections.abc import Sequence
from pathlib import Path

_LARGE = 1_000_000  # bytes; what is smaller is read quickly in any way


def copied(files: Path | Sequence[Path], folder: Path) -> Path | Sequence[Path]:
    """Copy the file or files of a table where they are large; the others stay where they are.

    A path that DuckDB may read it may also write: what it is to read by itself has to be a copy.

    Args:
        files: of one table; names differ from table to table.
        folder: an empty one that ``open_guarded`` takes for its ``own``.
    """
    paths = [files] if isinstance(files, Path) else files
    if sum(path.stat().st_size for path in paths if path.is_file()) < _LARGE:
        return files
    copies = [folder / f"{number}-{path.name}" for number, path in enumerate(paths)]
    for path, copy in zip(paths, copies, strict=True):
        shutil.copyfile(path, copy)
    return copies
