"""A file on its way here: what came of it stays, so that only the rest is asked for again."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

from connectors.servers.access import MEGABYTE
from connectors.servers.body import BrokenError, TooLargeError
from programme.writing import write_text

STEP = 4 * MEGABYTE  # after so much, what came is made safe against a power cut
WHOLE, PART, BEYOND = 200, 206, 416
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")
_STRONG = re.compile(r'"[\x21\x23-\x7e]{1,200}"')  # a weak tag does not promise the same bytes


def _silent(size: int) -> None:
    pass


class Partial:
    """The part of a file that is here, and which version of the file it belongs to.

    A note beside the file says how much of it is surely on the disk; without a note, or where
    the server gives no strong ETag, it is fetched from its beginning.

    Args:
        path: the file.
        told: called now and then with the bytes that are here.
    """

    def __init__(self, path: Path, told: Callable[[int], None] = _silent) -> None:
        self._path, self._told = path, told
        self._beside = note_of(path)
        self._etag, self._size = "", 0

    def asks(self) -> dict[str, str]:
        """Give the headers that ask for what is missing. The bytes as they are, uncompressed."""
        self._etag, self._size = self._noted()
        headers = {"Accept-Encoding": "identity"}
        if self._size:
            headers |= {"Range": f"bytes={self._size}-", "If-Range": self._etag}
        return headers

    def take(
        self,
        status: int,
        headers: Mapping[str, str],
        pieces: Callable[[], Iterator[bytes]],
        most: int,
    ) -> None:
        """Take what the server sends; the file is whole when this returns.

        Args:
            status: 200 or 206.
            pieces: opens the answer's body.
            most: bytes allowed.

        Raises:
            TooLargeError: nothing is kept.
            StalledError, BrokenError: what came is kept where the rest can be asked for.
        """
        start, total = self._announced(status, headers)
        if total is not None and total > most:
            self.drop()
            raise TooLargeError
        if not start:
            self.drop()  # an old note would vouch for new bytes
        etag = headers.get("ETag", "")
        plain = headers.get("Content-Encoding", "").strip().lower() in ("", "identity")
        self._etag = etag if plain and _STRONG.fullmatch(etag) else ""
        try:
            size = self._receive(start, pieces(), most)
        except TooLargeError:
            self.drop()
            raise
        if total is not None and size != total:
            raise BrokenError
        self._beside.unlink(missing_ok=True)

    def drop(self) -> None:
        """Keep nothing."""
        for each in (self._beside, self._path):
            each.unlink(missing_ok=True)

    def _receive(self, start: int, pieces: Iterator[bytes], most: int) -> int:
        with self._path.open("r+b" if start else "wb") as file:
            file.truncate(start)
            file.seek(start)
            size = self._write(file, start, pieces, most)
            file.flush()
            os.fsync(file.fileno())
        return size

    def _write(self, file: IO[bytes], start: int, pieces: Iterator[bytes], most: int) -> int:
        size = safe = start
        whole = False
        try:
            for piece in pieces:
                size += len(piece)
                if size > most:
                    raise TooLargeError
                file.write(piece)
                if size - safe >= STEP:
                    safe = self._secure(file, size)
                    self._told(size)
            whole = True
        finally:
            if not whole:
                self._secure(file, size)
        return size

    def _secure(self, file: IO[bytes], size: int) -> int:
        if self._etag and size:
            file.flush()
            os.fsync(file.fileno())
            write_text(self._beside, json.dumps({"etag": self._etag, "size": size}))
        return size

    def _announced(self, status: int, headers: Mapping[str, str]) -> tuple[int, int | None]:
        """Give where the answer begins, and how large the file is when it says so."""
        if status == PART:
            said = _RANGE.fullmatch(headers.get("Content-Range", "").strip())
            same = headers.get("ETag", self._etag) == self._etag
            if said is None or int(said[1]) != self._size or not same:
                self.drop()
                raise BrokenError
            return self._size, int(said[3])
        if headers.get("Content-Encoding", "").strip().lower() not in ("", "identity"):
            return 0, None  # its own end tells whether it is whole
        length = headers.get("Content-Length", "")
        if length.isascii() and length.isdigit():
            return 0, int(length)
        if "chunked" not in headers.get("Transfer-Encoding", "").lower():
            raise BrokenError  # nothing would tell half a file from a whole one
        return 0, None

    def _noted(self) -> tuple[str, int]:
        try:
            note = json.loads(self._beside.read_text(encoding="utf-8"))
            etag, size = note["etag"], note["size"]
            here = self._path.stat().st_size
        except (OSError, ValueError, KeyError, TypeError):
            return "", 0
        fits = isinstance(size, int) and 0 < size <= here
        return (etag, size) if fits and _STRONG.fullmatch(str(etag)) else ("", 0)


def note_of(path: Path) -> Path:
    """Where the note about a part of a file lies; a part without one is of no use."""
    return path.with_name(path.name + ".json")
