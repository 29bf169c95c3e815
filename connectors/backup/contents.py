"""What of a programme belongs into a backup: all that cannot be made again."""

from collections.abc import Collection, Iterator
from pathlib import Path

from programme.folder import SETTINGS, Folder

STORE = "data/store.sqlite"
# made again by ``ishc reconcile`` and ``ishc export``, or of this machine only
LEFT_OUT = frozenset(
    {
        *("tables", "identified", "figures", "exports", "sandbox", "logs", "schedule", "backups"),
        "people",  # what was handed out to somebody, and is to be deleted then
    }
)
_LEFT_OUT_FILES = frozenset({"current.json", "night.html"})
_LEFT_OUT_ENDS = (".lock", ".new", ".backup", "-wal", "-shm", "-journal")
EDITED = ("xlsforms", "connectors", "reports")
_EDITED_ENDS = frozenset(
    {".xlsx", ".csv", ".sql", ".docx", ".md", ".txt", ".png", ".jpg", ".jpeg", ".svg", ".mp3"}
)


def files_of(folder: Folder, secrets: Collection[Path]) -> Iterator[Path]:
    """List the files that belong into a backup, the store left out: it is copied by itself.

    Args:
        folder: the programme.
        secrets: files with tokens and passwords; they stay on their machine.
    """
    kept_apart = {each.resolve() for each in secrets}
    for path in (*_edited(folder), *_collected(folder)):
        if path.resolve() not in kept_apart and not path.is_symlink():
            yield path


def _edited(folder: Folder) -> Iterator[Path]:
    """What people edit; a folder of code that lies beside it is none of it."""
    yield folder.root / SETTINGS
    for name in EDITED:
        for path in sorted((folder.root / name).rglob("*")):
            temporary = path.name.startswith(("~$", "."))
            if path.is_file() and path.suffix.lower() in _EDITED_ENDS and not temporary:
                yield path


def _collected(folder: Folder) -> Iterator[Path]:
    for path in sorted(folder.data.rglob("*")):
        inside = path.relative_to(folder.data)
        if inside.parts[0] in LEFT_OUT or not path.is_file() or path == folder.store:
            continue
        if path.name in _LEFT_OUT_FILES or path.name.endswith(_LEFT_OUT_ENDS):
            continue
        yield path
