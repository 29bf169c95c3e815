"""``made.csv``: which reports a folder holds, of what, and by which hash one knows them again.

A line is added as soon as a report is finished, before it takes its place, so that work that was
cut off goes on where it stopped; in the end the list is sorted.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from programme.writing import replacing

LIST = "made.csv"
_BOM = "\ufeff"  # so that Excel reads the letters right


@dataclass(frozen=True, slots=True)
class Made:
    """One file that was made.

    Args:
        file: its name in the folder.
        report, area, period, language: what it is of.
        version: ``internal`` or ``public``.
        as_of: last day that counts.
        sha256: of the file.
        words: hash of what stands in it besides people's texts; empty for what is no Word file.
        inputs: hash of all that it was made from.
    """

    file: str
    report: str
    area: str
    period: str
    language: str
    version: str
    as_of: str
    sha256: str
    words: str
    inputs: str


_COLUMNS = [each.name for each in fields(Made)]


class MadeList:
    """The list of one folder."""

    def __init__(self, folder: Path, *, private: bool) -> None:
        self.path = folder / LIST
        self.private = private
        self.lines = list(_read(self.path))

    def last(self, file: str) -> Made | None:
        """Give what was noted of a file last."""
        return next((each for each in reversed(self.lines) if each.file == file), None)

    def ours(self, path: Path) -> bool:
        """Tell whether a file is as it was made here, by anyone of the runs."""
        digest = digest_of(path)
        return any(each.file == path.name and each.sha256 == digest for each in self.lines)

    def add(self, made: Made) -> None:
        """Note a file at once."""
        text = _rows([made])
        if not self.path.exists():
            with replacing(self.path, private=self.private) as new:
                new.write((_BOM + _rows([_HEAD])).encode())
        with self.path.open("ab") as file:
            file.write(text.encode())
        self.lines.append(made)

    def finish(self) -> None:
        """Sort the list; of each file that is there the last line stays."""
        last = {each.file: each for each in self.lines}
        kept = [each for name, each in sorted(last.items()) if (self.path.parent / name).is_file()]
        if not kept and not self.path.exists():
            return
        with replacing(self.path, private=self.private) as file:
            file.write((_BOM + _rows([_HEAD, *kept])).encode())
        self.lines = kept


def digest_of(path: Path) -> str:
    """Give the hash of a file; empty if there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def key_of(parts: Mapping[str, str]) -> str:
    """Give one hash of several, by what they are of."""
    text = "\n".join(f"{name}={value}" for name, value in sorted(parts.items()))
    return hashlib.sha256(text.encode()).hexdigest()


_HEAD = Made(*_COLUMNS)


def _rows(lines: Iterable[Made]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([getattr(each, name) for name in _COLUMNS] for each in lines)
    return text.getvalue()


def _read(path: Path) -> Iterable[Made]:
    """Give the lines that are whole; the last one may have been cut off."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return
    if not text.endswith("\n"):
        text = text.rpartition("\n")[0]
    for row in csv.reader(io.StringIO(text)):
        if len(row) == len(_COLUMNS) and row != _COLUMNS:
            yield Made(*row)
