"""Files written beside their place and renamed: whole or not there, never half."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

OWNER_MAY = 0o600
ANYBODY_MAY = 0o666  # less the person's umask
WAITS = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0) if os.name == "nt" else ()  # seconds


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
        when_free(lambda: beside.replace(path))
    finally:
        beside.unlink(missing_ok=True)


def when_free(act: Callable[[], object], waits: Sequence[float] = WAITS) -> None:
    """Do what needs a file that another program may be holding for a moment.

    On Windows a file that anybody has open, a virus scanner or an indexer too, can be neither
    replaced nor removed; elsewhere it can, and a refusal is for good.

    Args:
        act: done again as long as it is refused.
        waits: seconds before each further try.

    Raises:
        PermissionError: still refused after the last wait.
    """
    for wait in waits:
        try:
            act()
        except PermissionError:
            time.sleep(wait)
        else:
            return
    act()


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
