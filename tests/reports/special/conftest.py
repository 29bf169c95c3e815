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
from reports.sources import compute_figures, open_sources
from reports.write import write_report
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


class Counted:
    """Figures of an area and period, computed once for all the reports of it."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Figures] = {}

    def of(self, world: World, area: str, period: str, as_of: date) -> Figures:
        """Give the figures; these reports print the same ones of an area."""
        key = (world.folder.root, area, period, as_of)
        if key not in self._known:
            sources = open_sources(world.folder, world.settings, as_of, today=AS_OF)
            asked = (find_report("without_club"), sources.place(area), sources.period(period))
            self._known[key] = compute_figures(sources, [asked])
        return self._known[key]


@pytest.fixture(scope="session")
def counted() -> Counted:
    """What was computed already."""
    return Counted()


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A programme that tests only read."""
    return World(*build_world(tmp_path_factory.mktemp("special") / "programme"))


@pytest.fixture
def printed(world: World, counted: Counted, tmp_path: Path) -> Write:
    """Write a report of the programme, or of another one, and read it back."""

    def write(
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
        path = write_report(
            asked.folder,
            asked.settings,
            name,
            area,
            period,
            language,
            as_of,
            tmp_path,
            public=public,
            figures=counted.of(asked, area, period, as_of),
            today=AS_OF,
        )
        return Printed(path, language, name)

    return write


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
