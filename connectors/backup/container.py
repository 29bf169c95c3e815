"""The file of a backup: a tar of ``key.age`` and ``content.age``, whose size is known last."""

import io
import tarfile
from collections.abc import Callable
from typing import IO

KEY, CONTENT = "key.age", "content.age"
_BLOCK = tarfile.BLOCKSIZE


class NotABackupError(Exception):
    """The file is something else, or was cut off."""


def write_container(file: IO[bytes], key: bytes | None, write: Callable[[IO[bytes]], None]) -> None:
    """Write a container; its second member is streamed, and its size put in afterwards.

    Args:
        file: open for reading, writing and seeking.
        key: the locked key, if it is stored beside.
        write: writes the content into the file that it is given.
    """
    if key is not None:
        file.write(_header(KEY, len(key)) + key + _padding(len(key)))
    place = file.tell()
    file.write(_header(CONTENT, 0))
    begin = file.tell()
    write(file)
    size = file.tell() - begin
    file.write(_padding(size) + b"\0" * 2 * _BLOCK)
    file.seek(place)
    file.write(_header(CONTENT, size))
    file.seek(0, io.SEEK_END)


def read_container(file: IO[bytes]) -> tuple[bytes | None, IO[bytes]]:
    """Give the locked key, if there is one, and the locked content.

    Raises:
        NotABackupError: these members are not there.
    """
    try:
        with tarfile.open(fileobj=file, mode="r:") as tar:
            members = {each.name: each for each in tar}
    except tarfile.TarError as error:
        raise NotABackupError from error
    if CONTENT not in members or not members[CONTENT].isreg():
        raise NotABackupError
    key = members.get(KEY)
    return _member(file, key).read() if key else None, _member(file, members[CONTENT])


class _Window(io.RawIOBase):
    """A part of a file, to be read from its beginning."""

    def __init__(self, file: IO[bytes], begin: int, size: int) -> None:
        self._file, self._begin, self._size, self._at = file, begin, size, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override] # any writable buffer
        self._file.seek(self._begin + self._at)
        found = self._file.read(min(len(buffer), self._size - self._at))
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)


def _member(file: IO[bytes], info: tarfile.TarInfo) -> IO[bytes]:
    window: io.RawIOBase = _Window(file, info.offset_data, info.size)
    return io.BufferedReader(window, 1 << 20)


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(format=tarfile.GNU_FORMAT)


def _padding(size: int) -> bytes:
    return b"\0" * (-size % _BLOCK)
