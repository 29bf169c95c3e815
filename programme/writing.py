"""Files written beside their place and renamed: whole or not there, never half."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

OWNER_MAY = 0o600
ANYBODY_MAY = 0o666  # less the person's umask


@contextmanager
def replacing(path: Path, *, private: bool = True) -> Iterator[IO[bytes]]:
    """Open a new file that takes the place of ``path`` when the block ends well.

    Args:
        path: the file; its folder must exist.
        private: readable by its owner only, from the first byte.
    """
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(beside, flags, OWNER_MAY if private else ANYBODY_MAY)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_saved(path: Path, save: Callable[[BytesIO], object], *, private: bool = True) -> None:
    """Write what a library saves as a zipped file, such as a workbook or a Word document.

    Args:
        save: writes the whole into a file that it is given. That lies in memory: a zipped file
            that ends half-way, on a full disk, would want its place on the disk once more.
    """
    whole = BytesIO()
    save(whole)
    with replacing(path, private=private) as file:
        file.write(whole.getbuffer())


def write_text(path: Path, text: str, *, private: bool = True) -> None:
    """Write a text file at once, in UTF-8."""
    with replacing(path, private=private) as file:
        file.write(text.encode())
