"""Makes a backup while the programme runs, and reads it back before it is called one."""

import gzip
import hashlib
import io
import os
import sqlite3
import tarfile
import threading
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO

from connectors.backup.container import write_container
from connectors.backup.contents import STORE, files_of
from connectors.backup.locking import Lock
from connectors.backup.manifest import NAME, Manifest
from connectors.backup.problems import changed_meanwhile
from connectors.backup.read import check
from connectors.store.faults import told
from connectors.store.raw import RawStore
from programme.folder import Folder
from programme.problem import Text
from programme.progress import Progress, silent
from programme.writing import replacing

_LIGHT = 3  # of gzip: the store is text and shrinks to a fifth with it, harder pays little
_PIECE = 1 << 20
_PACKING = Text(vi="đóng gói", en="packing")


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup.

    Args:
        path: its file.
        manifest: what lies in it.
        size: bytes.
    """

    path: Path
    manifest: Manifest
    size: int


def make_backup(
    folder: Folder,
    target: Path,
    lock: Lock,
    *,
    now: datetime,
    expires: date,
    secrets: Collection[Path],
    progress: Progress = silent,
) -> Backup:
    """Write a backup of a programme; pulls and reconciles may go on meanwhile.

    It is read back before it gets its name.

    Args:
        folder: the programme.
        target: the file; its folder must exist. It appears when it is whole.
        lock: with what it is locked.
        now: the local time, written into it.
        expires: the day after which it should be destroyed.
        secrets: files that stay on this machine: tokens, passwords.
        progress: told how many files are packed.

    Raises:
        ProblemError: ``backup-file-changed``; the store's problems; a full disk.
    """
    with told(target), _store_copy(folder, target.parent) as copy:
        files = [
            (path, path.relative_to(folder.root).as_posix()) for path in files_of(folder, secrets)
        ]
        if copy is not None:
            files.append((copy, STORE))
        packing = _Packing(files, now, expires, copy, progress)
        with replacing(target) as file:
            write_container(file, lock.key, lambda out: _streamed(packing, lock, out))
            size = file.tell()
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            check(file, target, lambda _: lock.identity, progress)
    assert packing.manifest is not None
    return Backup(target, packing.manifest, size)


class _Packing:
    """Packs the files into a compressed tar, noting what it packed."""

    def __init__(
        self,
        files: list[tuple[Path, str]],
        now: datetime,
        expires: date,
        copy: Path | None,
        progress: Progress,
    ) -> None:
        self.files, self.now, self.expires = files, now, expires
        self.store = _version(copy) if copy else None
        self.progress = progress
        self.manifest: Manifest | None = None

    def write(self, out: IO[bytes]) -> None:
        """Write it all."""
        digests: dict[str, str] = {}
        with (
            gzip.GzipFile(fileobj=out, mode="wb", compresslevel=_LIGHT, mtime=0) as zipped,
            tarfile.open(fileobj=zipped, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            for number, (path, name) in enumerate(self.files, start=1):
                digest = _add(tar, path, name)
                if digest is not None:
                    digests[name] = digest
                self.progress(_PACKING, number, len(self.files))
            made = self.now.isoformat(timespec="seconds")
            manifest = Manifest(made, self.expires, self.store, digests)
            written = manifest.written()
            tar.addfile(_info(NAME, len(written), 0), io.BytesIO(written))
        self.manifest = manifest


def _add(tar: tarfile.TarFile, path: Path, name: str) -> str | None:
    """Pack one file; None if it is gone since it was listed."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    with file:
        found = os.fstat(file.fileno())
        reading = _Hashing(file)
        try:
            tar.addfile(_info(name, found.st_size, int(found.st_mtime)), reading)
        except OSError as error:
            if error.errno is None:  # it became shorter while it was read
                raise changed_meanwhile(path) from error
            raise
    return reading.digest.hexdigest()


def _info(name: str, size: int, changed: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, changed, 0o600
    return info


class _Hashing(io.RawIOBase):
    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        found = self._file.read(size)
        self.digest.update(found)
        return found


def _streamed(packing: _Packing, lock: Lock, out: IO[bytes]) -> None:
    """Pack in one thread and lock in this one; nothing unlocked touches the disk."""
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def pack() -> None:
        try:
            with os.fdopen(writing, "wb", buffering=_PIECE) as pipe:
                packing.write(pipe)
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=pack, name="backup")
    thread.start()
    guarded = _Remembering(out)
    try:
        with os.fdopen(reading, "rb", buffering=_PIECE) as pipe:
            lock.encrypt(pipe, guarded)  # type: ignore[arg-type] # it only writes
    except BaseException as error:
        thread.join()
        raise guarded.failed or error from None
    thread.join()
    if failed:
        raise failed[0]


class _Remembering:
    """Keeps the error of a write, which the library turns into one without a number."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.failed: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self.failed = error
            raise

    def flush(self) -> None:
        self._file.flush()


@contextmanager
def _store_copy(folder: Folder, beside: Path) -> Iterator[Path | None]:
    """Copy the store as it is at one moment, whoever writes to it; the copy goes again."""
    if not folder.store.is_file():
        yield None
        return
    copy = folder.private(folder.data / "backups") / ".store.sqlite"
    copy.unlink(missing_ok=True)
    try:
        os.close(os.open(copy, os.O_CREAT | os.O_WRONLY, 0o600))
        with RawStore.read(folder.store) as store, closing(sqlite3.connect(copy)) as target:
            store.connection.backup(target)  # in one go: with a pause it would begin anew
            target.execute("PRAGMA journal_mode = DELETE")
        yield copy
    finally:
        for each in copy.parent.glob(f"{copy.name}*"):
            each.unlink(missing_ok=True)


def _version(copy: Path) -> int:
    with closing(sqlite3.connect(copy)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
