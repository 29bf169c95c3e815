"""Which backups this programme made, so that the oldest of them can make room for new ones."""

import json
from pathlib import Path

from programme.folder import Folder
from programme.writing import write_text

_MADE = "made.json"


def note_made(folder: Folder, path: Path) -> None:
    """Remember that a backup was made."""
    known = [each for each in _made(folder) if each.is_file()]
    _write(folder, [*known, path.resolve()])


def let_go(folder: Folder, newest: Path, keep: int) -> list[str]:
    """Delete the oldest backups beside the newest.

    Only what this programme made is touched: another one may keep its own in the same folder.
    They are counted in the order in which they were made, so a clock that is wrong deletes none
    too many.

    Args:
        newest: the one just made and verified; it always stays.
        keep: how many stay, the newest included.

    Returns:
        Names of those deleted.
    """
    place = newest.resolve().parent
    made = _made(folder)
    here = [each for each in made if each.parent == place and each.is_file()]
    old = [each for each in here if each != newest.resolve()]
    gone = old[: max(0, len(old) - (keep - 1))]
    for each in gone:
        each.unlink()
    _write(folder, [each for each in made if each not in gone])
    return [each.name for each in gone]


def made_anywhere(folder: Folder) -> list[Path]:
    """Give the backups that this programme made and did not delete, on whatever disk."""
    return _made(folder)


def _made(folder: Folder) -> list[Path]:
    try:
        written = json.loads(_list(folder).read_text(encoding="utf-8"))
        return [Path(each) for each in written]
    except (OSError, ValueError, TypeError):
        return []


def _write(folder: Folder, made: list[Path]) -> None:
    folder.private(folder.data / "backups")
    write_text(_list(folder), json.dumps([str(each) for each in made], ensure_ascii=False) + "\n")


def _list(folder: Folder) -> Path:
    return folder.data / "backups" / _MADE
