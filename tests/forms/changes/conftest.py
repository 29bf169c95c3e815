"""A small form, ways to edit it, and what comparing it with the edited copy tells."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from forms.changes.change import Changes
from forms.changes.compare import compare_forms

FORM = (Path(__file__).parent / "data" / "monthly.md").read_text(encoding="utf-8")
_LABELS = {"vi": "label::Tiếng Việt (vi)", "en": "label::English (en)"}


class Editor:
    """A form written as tables, edited as a person edits it in Excel: cell by cell, row by row."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def at(self, name: str) -> int:
        """Give the line of the question, group, choice or settings that has this name."""
        (line,) = [at for at, line in enumerate(self.lines) if f" {name} " in _names(line)]
        return line

    def set(self, name: str, column: str, text: str) -> "Editor":
        at = self.at(name)
        header = next(self.lines[up + 1] for up in range(at, -1, -1) if _sheet(self.lines[up]))
        titles = [title.strip() for title in header.split("|")]
        cells = self.lines[at].split("|")
        cells[titles.index(_LABELS.get(column, column))] = f" {text} "
        self.lines[at] = "|".join(cells)
        return self

    def drop(self, name: str, rows: int = 1) -> list[str]:
        at = self.at(name)
        gone = self.lines[at : at + rows]
        del self.lines[at : at + rows]
        return gone

    def insert(self, after: str, *rows: str) -> "Editor":
        at = self.at(after) + 1
        self.lines[at:at] = rows
        return self

    def move(self, name: str, after: str) -> "Editor":
        return self.insert(after, *self.drop(name))

    def replace(self, old: str, new: str) -> "Editor":
        assert old in self.text, old
        self.lines = self.text.replace(old, new).splitlines()
        return self


def _sheet(line: str) -> bool:
    return bool(re.match(r"\s*\|\s*\w", line))


def _names(line: str) -> str:
    """The cells that names stand in: of a question, of a choice, of a form."""
    cells = line.split("|")[2:4]
    return " ".join(f" {cell.strip()} " for cell in cells)


@pytest.fixture
def form() -> Editor:
    """The new version: the form with its version raised, to be edited."""
    return Editor(FORM).set("monthly", "version", "2")


@pytest.fixture
def editor() -> Callable[[str], Editor]:
    return Editor


@pytest.fixture
def compare(make_workbook: Callable[..., Path]) -> Callable[..., Changes]:
    """Compare an edited form with the one on phones."""

    def compared(new: Editor, old: Editor | None = None) -> Changes:
        before = (old or Editor(FORM)).text
        return compare_forms(make_workbook(before, "old"), make_workbook(new.text, "new"))

    return compared
