"""Photos and other files that belong to a person's row."""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.persons.rewritten import Change, versions_of
from connectors.persons.rows import Row
from connectors.store.attachments import ERASED
from connectors.store.raw import RawStore
from programme.folder import Folder

_FILES = frozenset({"image", "audio", "file"})


def erase_photos(store: RawStore, folder: Folder, rows: Sequence[Row]) -> int:
    """Delete the files of a person's rows, unless another submission has the same file.

    Returns:
        How many files are gone.
    """
    gone = 0
    for row in rows:
        names = [
            str(row.answers[column.path])
            for column in row.table.columns
            if column.kind in _FILES and row.answers.get(column.path)
        ]
        for name in names:
            gone += delete_file(store, folder, (row.source, row.form, row.id, name))
    return gone


def delete_left_out(store: RawStore, form: tuple[str, str], root: str, change: Change) -> int:
    """Delete the files that a submission names and, once it is rewritten, names no more.

    Args:
        form: source and form.
        root: root uuid of the submission.
        change: gives a record as it is to be.

    Returns:
        How many files are gone.
    """
    folder = Folder(store.path.parent.parent)
    gone = 0
    for number, name in store.connection.execute(
        "SELECT s.id, a.name FROM submission s"
        " JOIN attachment a ON (a.source, a.form, a.id) = (s.source, s.form, s.id)"
        " WHERE s.source = ? AND s.form = ? AND s.root_uuid = ? AND a.name <> ''",
        (*form, root),
    ).fetchall():
        if any(
            name in _said(record) and name not in _said(change(record))
            for record in versions_of(store, (*form, number))
        ):
            gone += delete_file(store, folder, (*form, number, name))
    return gone


def _said(part: Mapping[str, Any]) -> set[str]:
    """Give all answers of a record, of its rows too; what the server adds to it is left out."""
    found: set[str] = set()
    for path, value in part.items():
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, list) and not path.startswith("_"):
            for row in value:
                found |= _said(row) if isinstance(row, Mapping) else set()
    return found


def delete_file(store: RawStore, folder: Folder, key: tuple[str, str, int, str]) -> int:
    """Delete a file of a submission for good, unless another submission has the same.

    A later pull does not fetch it again, though the server may still list it.

    Args:
        key: source, form and number of the submission, and the name of the file.

    Returns:
        How many files are gone from the disk.
    """
    where = "source = ? AND form = ? AND id = ? AND name = ?"
    files = store.connection.execute(
        f"SELECT DISTINCT file FROM attachment WHERE {where} AND file IS NOT NULL",  # noqa: S608 ours
        key,
    ).fetchall()
    store.connection.execute(
        f"UPDATE attachment SET name = '', file = NULL, sha256 = NULL, size = NULL, deleted = ?"  # noqa: S608 ours
        f" WHERE {where}",
        (ERASED, *key),
    )
    gone = 0
    for (file,) in files:
        used = store.connection.execute(
            "SELECT COUNT(*) FROM attachment WHERE file = ?", (file,)
        ).fetchone()[0]
        if not used:
            (folder.attachments / file).unlink(missing_ok=True)
            gone += 1
    return gone
