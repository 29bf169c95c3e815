"""Opens a backup: to see that it is whole, or to bring the programme back in a new folder."""

import gzip
import hashlib
import os
import sqlite3
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from pyrage import x25519

from connectors.backup.container import NotABackupError, read_container
from connectors.backup.contents import STORE
from connectors.backup.locking import WrongKeyError, decrypt
from connectors.backup.manifest import NAME, Manifest, UnreadableManifestError, read_manifest
from connectors.backup.problems import damaged, newer, not_a_backup, wrong_key
from connectors.store.raw import VERSION
from programme.problem import Text
from programme.progress import Progress, silent

_PIECE = 1 << 20
_READING = Text(vi="đọc bản sao lưu và so từng tệp", en="reading the backup, file by file")
Opener = Callable[[bytes | None], x25519.Identity]


def verify(path: Path, opener: Opener, progress: Progress = silent) -> Manifest:
    """Read a whole backup and compare every file with what the backup says of it.

    Args:
        path: the backup.
        opener: gives the key that opens it, from the locked key beside it or from elsewhere;
            may raise ``WrongKeyError``.

    Raises:
        ProblemError: ``backup-unreadable``, ``backup-locked``, ``backup-damaged``,
            ``backup-newer``.
    """
    with path.open("rb") as file:
        return check(file, path, opener, progress)


def check(file: IO[bytes], path: Path, opener: Opener, progress: Progress = silent) -> Manifest:
    """Do as ``verify`` with a file that is open already; ``path`` is its name for problems."""
    return _read(file, path, opener, None, progress)


def unpack(path: Path, opener: Opener, target: Path, progress: Progress = silent) -> Manifest:
    """Unpack a backup into an empty folder, files readable by their owner only.

    Raises:
        ProblemError: as ``verify``; nothing that was unpacked is whole then.
    """
    with path.open("rb") as file:
        return _read(file, path, opener, target, progress)


def _read(
    file: IO[bytes], path: Path, opener: Opener, target: Path | None, progress: Progress
) -> Manifest:
    progress(_READING)
    try:
        key, content = read_container(file)
        found, manifest = _content(path, content, opener(key), target)
    except NotABackupError as error:
        raise not_a_backup(path) from error
    except WrongKeyError as error:
        raise wrong_key(path) from error
    if manifest is None:
        raise not_a_backup(path)
    if manifest.store is not None and manifest.store > VERSION:
        raise newer(path)
    for name in {*manifest.files, *found}:
        if found.get(name) != manifest.files.get(name):
            raise damaged(path, name)
    if target is not None and manifest.store is not None:
        _sound(path, target / STORE)
    return manifest


def _content(
    path: Path, content: IO[bytes], identity: x25519.Identity, target: Path | None
) -> tuple[dict[str, str], Manifest | None]:
    found: dict[str, str] = {}
    manifest = None
    with _opened(content, identity) as plain:
        try:
            with (
                gzip.GzipFile(fileobj=plain) as unzipped,
                tarfile.open(fileobj=unzipped, mode="r|") as tar,
            ):
                for info in tar:
                    file = tar.extractfile(info)
                    if file is None or not _safe(info.name):
                        raise damaged(path, info.name)
                    if info.name == NAME:
                        manifest = _manifest(path, file.read())
                    else:
                        found[info.name] = _take(file, target and target / info.name)
        except (tarfile.TarError, EOFError, gzip.BadGzipFile) as error:
            raise WrongKeyError from error
    return found, manifest


def _manifest(path: Path, written: bytes) -> Manifest:
    try:
        return read_manifest(written)
    except UnreadableManifestError as error:
        raise newer(path) from error


def _safe(name: str) -> bool:
    """Tell whether a name stays inside the folder, on Windows too."""
    pure = PurePosixPath(name)
    return not pure.is_absolute() and ".." not in pure.parts and not set(name) & set("\\:")


def _take(file: IO[bytes], target: Path | None) -> str:
    digest = hashlib.sha256()
    out = None
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(
            target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600
        )
        out = os.fdopen(handle, "wb")
    try:
        while piece := file.read(_PIECE):
            digest.update(piece)
            if out is not None:
                out.write(piece)
    finally:
        if out is not None:
            out.close()
    return digest.hexdigest()


def _sound(path: Path, store: Path) -> None:
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            said = connection.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError:
            said = "damaged"
    if said != "ok":
        raise damaged(path, STORE)


@contextmanager
def _opened(content: IO[bytes], identity: x25519.Identity) -> Iterator[IO[bytes]]:
    """Open the lock in one thread while what comes out is read in this one."""
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def unlock() -> None:
        try:
            with os.fdopen(writing, "wb", buffering=_PIECE) as pipe:
                decrypt(content, pipe, identity)
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=unlock, name="backup")
    thread.start()
    try:
        with os.fdopen(reading, "rb", buffering=_PIECE) as pipe:
            yield pipe
    except BaseException:
        thread.join()
        wrong = next((each for each in failed if isinstance(each, WrongKeyError)), None)
        if wrong is not None:
            raise wrong from None
        raise
    thread.join()
    if failed:
        raise failed[0]
