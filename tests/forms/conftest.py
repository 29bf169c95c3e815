"""Forms written as Markdown tables, made into real workbooks."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from forms.engine import jvm

MakeWorkbook = Callable[..., Path]
_BAR = re.compile(r"(?<!\\)\|")  # a bar inside a cell is written \|
DATA = Path(__file__).parent / "data"


def markdown_sheets(markdown: str) -> dict[str, list[list[str]]]:
    """Read tables as pyxform's own tests write them: the sheet's name in the first column."""
    sheets: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in markdown.strip().splitlines():
        cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip())[1:-1]]
        if cells[0]:
            rows = sheets.setdefault(cells[0], [])
        if any(cells[1:]):
            rows.append(cells[1:])
        elif not cells[0]:
            rows.append([])
    return sheets


@pytest.fixture
def form_text() -> Callable[[str], str]:
    """Read a form of ``data/`` by name."""
    return lambda name: (DATA / f"{name}.md").read_text(encoding="utf-8")


@pytest.fixture
def make_workbook(tmp_path: Path) -> MakeWorkbook:
    def make(markdown: str, name: str = "form") -> Path:
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, rows in markdown_sheets(markdown).items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append([cell or None for cell in row])
        path = tmp_path / f"{name}.xlsx"
        book.save(path)
        return path

    return make


@pytest.fixture
def make_list(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a media list, one line a row, beside the workbook."""

    def make(name: str, text: str) -> Path:
        path = tmp_path / name
        lines = (line.strip() for line in text.strip().splitlines())
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return make


@pytest.fixture
def engine() -> None:
    """Skip where the extra ``collect`` is not installed."""
    if problem := jvm.missing():
        pytest.skip(problem.in_("en"))
