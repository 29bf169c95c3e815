"""Photos and other files that belong to a person's row."""

from collections.abc import Sequence

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
