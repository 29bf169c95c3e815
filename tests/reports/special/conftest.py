"""The made-up programme, reconciled once for all tests of this folder, and reports of it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import docx
import duckdb
import pytest
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from connectors.store.tables import open_tables
from programme.folder import Folder
from programme.problem import Language
from programme.settings import Settings
from reports.catalogue import find_report
from reports.indicators.figures import Figures
from reports.sources import Sources, compute_figures, open_sources
from reports.write import Wanted, write
from tests.reports.checklist import Checked
from tests.reports.special.world import AS_OF, build_world


@dataclass(frozen=True, slots=True)
class World:
    """A programme with its settings."""

    folder: Folder
    settings: Settings


class Printed:
    """A finished report as a reader sees it: lines and tables in their order."""

    def __init__(self, path: Path, language: Language, name: str) -> None:
        self.checked = Checked(path, language, form=name == "inspection_visit")
        self.document = docx.Document(str(path))
        self.lines: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        for part in self._parts():
            if isinstance(part, Paragraph):
                self.lines.append(part.text.replace("\xa0", " "))
            else:
                # a merged cell stands in its row as often as it has columns
                rows = [[cell.text for cell in row.cells] for row in part.rows]
                self.tables[self.lines[-1] if self.lines else ""] = rows

    def _parts(self) -> Iterator[Paragraph | Table]:
        for element in self.document.element.body.iter(qn("w:p"), qn("w:tbl")):
            if element.tag == qn("w:tbl"):
                yield Table(element, self.document)
            elif not any(each.tag == qn("w:tc") for each in element.iterancestors()):
                yield Paragraph(element, self.document)

    @property
    def text(self) -> str:
        """Everything that is printed, captions and cells too."""
        cells = (cell for rows in self.tables.values() for row in rows for cell in row)
        return "\n".join([*self.lines, *cells])

    def table(self, caption: str) -> list[list[str]]:
        """Give the rows below a caption, without the head."""
        found = next(rows for line, rows in self.tables.items() if line.startswith(caption))
        return found[1:]


Write = Callable[..., Printed]


class Opened:
    """Sources of programmes and figures of areas, read and computed once for all the tests."""

    def __init__(self) -> None:
        self._sources: dict[tuple[Path, date], Sources] = {}
        self._figures: dict[tuple[Path, date, str, str], Figures] = {}

    def sources(self, world: World, as_of: date) -> Sources:
        """Give what reports of a day are made from."""
        key = (world.folder.root, as_of)
        if key not in self._sources:
            self._sources[key] = open_sources(world.folder, world.settings, as_of, today=AS_OF)
        return self._sources[key]

    def figures(self, sources: Sources, area: str, period: str) -> Figures:
        """Give the figures of an area and period; these reports print the same ones."""
        key = (sources.folder.root, sources.as_of, area, period)
        if key not in self._figures:
            asked = (find_report("without_club"), sources.place(area), sources.period(period))
            self._figures[key] = compute_figures(sources, [asked])
        return self._figures[key]


@pytest.fixture(scope="session")
def opened() -> Opened:
    """What was read and computed already."""
    return Opened()


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A programme that tests only read."""
    return World(*build_world(tmp_path_factory.mktemp("special") / "programme"))


@pytest.fixture
def printed(world: World, opened: Opened, tmp_path: Path) -> Write:
    """Write a report of the programme, or of another one, and read it back."""

    def write_one(
        name: str,
        area: str = "20",
        period: str = "2026",
        language: Language = "vi",
        *,
        as_of: date = AS_OF,
        public: bool = False,
        folder: Folder | None = None,
    ) -> Printed:
        asked = World(folder or world.folder, world.settings)
        sources = opened.sources(asked, as_of)
        # none of these reports prints figures: those of the programme serve its changed copies
        figures = opened.figures(opened.sources(world, as_of), area, period)
        wanted = Wanted(name, area, period, language, public)
        return Printed(write(sources, wanted, tmp_path, figures=figures), language, name)

    return write_one


@pytest.fixture
def changed(world: World, tmp_path: Path) -> Callable[..., Folder]:
    """Copy the programme with some tables of its last run changed by SQL."""

    def change(**tables: str) -> Folder:
        folder = Folder(tmp_path / "changed")
        shutil.copytree(world.folder.root, folder.root)
        run = open_tables(folder, identified=True)
        for name, sql in tables.items():
            path = run.path(name)
            with duckdb.connect() as connection:
                connection.execute(f"CREATE TABLE old AS FROM '{path}'")
                connection.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet)")
        return folder

    return change


def numbers(row: list[str]) -> list[Any]:
    """Give the whole numbers of a row of a Vietnamese table; other cells stay texts."""
    return [int(cell.replace(".", "")) if cell.replace(".", "").isdigit() else cell for cell in row]
