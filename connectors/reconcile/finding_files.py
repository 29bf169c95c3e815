"""The files in ``data/findings``: which of them we wrote, and which somebody has changed since."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from programme.writing import write_text

LEDGER = ".written.json"
OVERVIEW = "overview"
RETURNED = "returned"  # put answered workbooks here
READ = "read"  # within it: those that were read


@dataclass(slots=True)
class Written:
    """The workbooks that we wrote.

    Args:
        folder: ``data/findings``.
        files: by name: size, time of change, and a hash of what was to be written.
    """

    folder: Path
    files: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> "Written":
        """Read the ledger; without one nothing is known to be untouched."""
        try:
            found = json.loads((folder / LEDGER).read_text(encoding="utf-8"))
            return cls(folder, dict(found))
        except (OSError, ValueError, TypeError):
            return cls(folder)

    def save(self) -> None:
        """Write the ledger."""
        write_text(self.folder / LEDGER, json.dumps(self.files, indent=0))

    def untouched(self, path: Path) -> bool:
        """Tell whether a file is as we wrote it."""
        known = self.files.get(path.name)
        return known is not None and path.is_file() and known[:2] == _stat(path)

    def holds(self, path: Path, content: str) -> bool:
        """Tell whether a file is there, as we wrote it, with the same content."""
        return self.untouched(path) and self.files[path.name][2] == content

    def note(self, path: Path, content: str) -> None:
        """Write down a file just written."""
        self.files[path.name] = [*_stat(path), content]


def workbooks(folder: Path) -> Iterator[Path]:
    """Give the workbooks in a folder, without the marks that Excel leaves beside open ones."""
    for path in sorted(folder.glob("*.xls*")):
        if path.is_file() and not path.name.startswith(("~$", ".")):
            yield path


def move_to(path: Path, folder: Path) -> Path:
    """Move a file into a folder, under a free name there."""
    target, number = folder / path.name, 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem}-{number}{path.suffix}"
    return path.rename(target)


def _stat(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]
