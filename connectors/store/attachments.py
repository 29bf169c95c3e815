"""Photos and other files of submissions, stored under the hash of their content."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from connectors.servers.contract import Attachment
from connectors.servers.http import Downloaded
from connectors.store.faults import told
from connectors.store.raw import RawStore

_ARRIVING = "arriving-"

# what a file is, by its first bytes; neither its name nor the server is asked
_KINDS = (
    (b"\xff\xd8\xff", 0, ".jpg"),
    (b"\x89PNG\r\n\x1a\n", 0, ".png"),
    (b"GIF8", 0, ".gif"),
    (b"WEBP", 8, ".webp"),
    (b"%PDF-", 0, ".pdf"),
    (b"ftyphei", 4, ".heic"),
    (b"ftypM4A", 4, ".m4a"),
    (b"ftyp", 4, ".mp4"),
    (b"OggS", 0, ".ogg"),
    (b"#!AMR", 0, ".amr"),
    (b"ID3", 0, ".mp3"),
)
_HEAD = 16


def note_attachments(
    store: RawStore, key: tuple[str, str, int], listed: Sequence[Attachment], seen: str
) -> None:
    """Note which files a submission has now; those it had and has no more are marked deleted.

    Args:
        key: source, form and id of the submission.
        seen: moment of the pull, UTC.
    """
    run = store.connection.execute
    for each in listed:
        run(
            "INSERT INTO attachment (source, form, id, uid, asset, name, question_path, mimetype,"
            " deleted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " name = excluded.name, question_path = excluded.question_path,"
            " deleted = CASE WHEN excluded.deleted IS NULL THEN NULL"
            " ELSE COALESCE(deleted, excluded.deleted) END",
            (
                *key,
                each.uid,
                each.asset,
                each.name,
                each.question_path,
                each.mimetype,
                seen if each.deleted else None,
            ),
        )
    kept = [each.uid for each in listed]
    known = run("SELECT uid FROM attachment WHERE source = ? AND form = ? AND id = ?", key)
    for (uid,) in known.fetchall():
        if uid not in kept:
            run(
                "UPDATE attachment SET deleted = COALESCE(deleted, ?)"
                " WHERE source = ? AND form = ? AND id = ? AND uid = ?",
                (seen, *key, uid),
            )


def waiting(store: RawStore, source: str, form: str, asset: str) -> list[Attachment]:
    """List the files that are on the server and not here yet."""
    rows = store.connection.execute(
        "SELECT asset, id, uid, name, question_path, mimetype, FALSE FROM attachment"
        " WHERE source = ? AND form = ? AND asset = ? AND sha256 IS NULL AND deleted IS NULL"
        " ORDER BY id, uid",
        (source, form, asset),
    )
    return [Attachment(*row) for row in rows]


def keep_file(
    store: RawStore,
    folder: Path,
    key: tuple[str, str, int, str],
    fetch: Callable[[Path], Downloaded],
    seen: str,
) -> None:
    """Fetch one file and store it under its content's hash; all of it or nothing.

    Args:
        folder: where attachments lie; equal files lie there once.
        key: source, form, id of the submission, uid of the file.
        fetch: writes the file to the path it is given.

    Raises:
        ProblemError: of the server, or of the store with ``Exit.STORE``.
    """
    with told(folder):
        handle, name = tempfile.mkstemp(prefix=_ARRIVING, dir=folder)
        os.close(handle)
        arriving = Path(name)
        try:
            got = fetch(arriving)
            file = _settle(arriving, folder, got.sha256)
        finally:
            arriving.unlink(missing_ok=True)
    with store.transaction() as connection:
        connection.execute(
            "UPDATE attachment SET sha256 = ?, size = ?, file = ?, fetched = ?"
            " WHERE source = ? AND form = ? AND id = ? AND uid = ?",
            (got.sha256, got.size, file, seen, *key),
        )


def _settle(arriving: Path, folder: Path, sha256: str) -> str:
    file = f"{sha256[:2]}/{sha256}{_suffix(arriving)}"
    place = folder / file
    place.parent.mkdir(mode=0o700, exist_ok=True)
    arriving.replace(place)
    if os.name == "posix":  # the name itself has to reach the disk before the store relies on it
        descriptor = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return file


def _suffix(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for magic, at, suffix in _KINDS:
        if head[at : at + len(magic)] == magic:
            return suffix
    return ".bin"


def sweep(folder: Path) -> None:
    """Remove what a pull that was cut off left half-fetched. Only under the lock of a pull."""
    for each in _left(folder):
        with suppress(OSError):
            each.unlink()


def _left(folder: Path) -> Iterator[Path]:
    return folder.glob(_ARRIVING + "*") if folder.is_dir() else iter(())
