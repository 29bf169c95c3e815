"""Photos and other files of submissions, stored under the hash of their content."""

import hashlib
import mimetypes
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import orjson

from connectors.servers.contract import Attachment
from connectors.servers.http import Downloaded
from connectors.servers.partial import note_of
from connectors.store.faults import told
from connectors.store.kinds import HEAD, fits, suffix_of
from connectors.store.raw import RawStore

_ARRIVING = "arriving-"
_LONG = 512  # letters of a name or type that are kept
ERASED = "erased"  # instead of a moment: a file that is never to come back


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is here now.

    Args:
        size: bytes.
        fits: its first bytes are those of what the question asked for.
    """

    size: int
    fits: bool


_NOTE = (
    "INSERT INTO attachment (source, form, id, uid, asset, name, question_path, mimetype, deleted)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
    " name = CASE WHEN deleted = 'erased' THEN '' ELSE excluded.name END,"
    " mimetype = excluded.mimetype, question_path ="
    " COALESCE(NULLIF(excluded.question_path, ''), question_path),"  # lists leave it out
    " deleted = CASE WHEN deleted = 'erased' THEN deleted WHEN excluded.deleted IS NULL THEN NULL"
    " ELSE COALESCE(deleted, excluded.deleted) END"
)


def note_attachments(
    store: RawStore,
    source: str,
    form: str,
    listed: Mapping[int, Sequence[Attachment]],
    seen: str,
) -> None:
    """Note which files submissions have now; those they had and have no more are marked deleted.

    Args:
        listed: the files of each submission, by its id.
        seen: moment of the pull, UTC.
    """
    run = store.connection
    values = [
        (
            source,
            form,
            number,
            each.uid,
            each.asset,
            each.name[:_LONG],
            each.question_path[:_LONG],
            each.mimetype[:_LONG],
            seen if each.deleted else None,
        )
        for number, files in listed.items()
        for each in files
    ]
    run.executemany(_NOTE, values)
    kept = {(number, uid) for _, _, number, uid, *_ in values}
    known = run.execute(
        "SELECT id, uid FROM attachment WHERE source = ? AND form = ?"
        " AND id IN (SELECT value FROM json_each(?)) AND deleted IS NULL",
        (source, form, orjson.dumps(list(listed)).decode()),
    ).fetchall()
    run.executemany(
        "UPDATE attachment SET deleted = ? WHERE source = ? AND form = ? AND id = ? AND uid = ?",
        [(seen, source, form, *each) for each in known if each not in kept],
    )


def waiting(store: RawStore, source: str, form: str, asset: str) -> list[Attachment]:
    """List the files that are on the server and not here yet."""
    rows = store.connection.execute(
        "SELECT asset, id, uid, name, question_path, mimetype, FALSE FROM attachment"
        " WHERE source = ? AND form = ? AND asset = ? AND sha256 IS NULL AND deleted IS NULL"
        " ORDER BY tried, id, uid",  # what failed before waits behind the others
        (source, form, asset),
    )
    return [Attachment(*row) for row in rows]


def missing(store: RawStore, source: str, form: str) -> int:
    """Count the files of a form of a source that are on the server and not here."""
    row = store.connection.execute(
        "SELECT COUNT(*) FROM attachment"
        " WHERE source = ? AND form = ? AND sha256 IS NULL AND deleted IS NULL",
        (source, form),
    ).fetchone()
    return int(row[0])


def put_back(store: RawStore, source: str, form: str, attachment: Attachment) -> None:
    """Let a file that could not be fetched wait behind all others the next time."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE attachment SET tried = tried + 1"
            " WHERE source = ? AND form = ? AND id = ? AND uid = ?",
            (source, form, attachment.submission, attachment.uid),
        )


def keep_file(
    store: RawStore,
    folder: Path,
    wanted: tuple[str, str, Attachment],
    fetch: Callable[[Path], Downloaded],
    seen: str,
) -> Kept:
    """Fetch one file and store it under its content's hash; equal files lie there once.

    Args:
        folder: where attachments lie.
        wanted: source, form, and the file.
        fetch: writes the file to the path it is given, which may hold its first part already.

    Raises:
        ProblemError: of the server, or of the store with ``Exit.STORE``. What ``fetch`` left
            of the file stays for the next time.
    """
    source, form, attachment = wanted
    key = (source, form, attachment.submission, attachment.uid)
    with told(folder):
        arriving = folder / _arriving(*key)
        got = fetch(arriving)
        with arriving.open("rb") as opened:
            head = opened.read(HEAD)
        file = _settle(arriving, folder, got.sha256, suffix_of(head))
    with store.transaction() as connection:
        connection.execute(
            "UPDATE attachment SET sha256 = ?, size = ?, file = ?, fetched = ?"
            " WHERE source = ? AND form = ? AND id = ? AND uid = ?",
            (got.sha256, got.size, file, seen, *key),
        )
    said = attachment.mimetype
    if said in ("", "application/octet-stream"):
        said = mimetypes.guess_type(attachment.name)[0] or said
    return Kept(got.size, fits(head, said))


def _arriving(source: str, form: str, submission: int, uid: str) -> str:
    key = "\x1f".join((source, form, str(submission), uid))
    return _ARRIVING + hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]


def _settle(arriving: Path, folder: Path, sha256: str, suffix: str) -> str:
    file = f"{sha256[:2]}/{sha256}{suffix}"
    place = folder / file
    place.parent.mkdir(mode=0o700, exist_ok=True)
    arriving.chmod(0o600)
    arriving.replace(place)
    if os.name == "posix":  # the name itself has to reach the disk before the store relies on it
        descriptor = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return file


def sweep(store: RawStore, folder: Path) -> None:
    """Remove parts of files that nobody waits for any more, and parts that are of no use.

    Only under the lock of a pull.
    """
    left = list(folder.glob(_ARRIVING + "*")) if folder.is_dir() else []
    if not left:
        return
    rows = store.connection.execute(
        "SELECT source, form, id, uid FROM attachment WHERE sha256 IS NULL AND deleted IS NULL"
    )
    parts = {folder / _arriving(*row) for row in rows}
    kept = {each for part in parts if note_of(part).exists() for each in (part, note_of(part))}
    for each in left:
        if each not in kept:
            with suppress(OSError):
                each.unlink()
