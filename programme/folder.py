"""The programme folder: what people edit, and under ``data/`` what was collected and made."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from programme.problem import Place, Problem, ProblemError, Text

SETTINGS = "ishc.toml"
_OWNER_MAY = 0o700


@dataclass(frozen=True, slots=True)
class Folder:
    """Where everything of one programme lies.

    Args:
        root: the folder that holds ``ishc.toml``.
    """

    root: Path

    @property
    def settings(self) -> Path:
        """The settings, ``ishc.toml``."""
        return self.root / SETTINGS

    @property
    def xlsforms(self) -> Path:
        """The form workbooks and the lists that go with them."""
        return self.root / "xlsforms"

    @property
    def checks(self) -> Path:
        """The workbook of checks."""
        return self.root / "connectors" / "checks.xlsx"

    @property
    def indicators(self) -> Path:
        """The workbook of indicators, targets, phases and baselines."""
        return self.root / "reports" / "indicators.xlsx"

    @property
    def awards(self) -> Path:
        """The workbook of rules for the award shortlist."""
        return self.root / "reports" / "awards.xlsx"

    @property
    def area_kinds(self) -> Path:
        """The official table of kinds of area by commune, where a programme has one."""
        return self.root / "reports" / "area_kinds.csv"

    @property
    def templates(self) -> Path:
        """The Word templates of reports."""
        return self.root / "reports" / "templates"

    @property
    def data(self) -> Path:
        """Everything collected and made; ignored by git, readable by its owner only."""
        return self.root / "data"

    @property
    def store(self) -> Path:
        """The raw store (SQLite)."""
        return self.data / "store.sqlite"

    @property
    def attachments(self) -> Path:
        """Photos and files, stored by content hash."""
        return self.data / "attachments"

    @property
    def tables(self) -> Path:
        """Typed tables without a personal column, a folder a run."""
        return self.data / "tables"

    @property
    def identified(self) -> Path:
        """Typed tables with every column, a folder a run."""
        return self.data / "identified"

    @property
    def lists(self) -> Path:
        """Lists for the phones, made from the registers; they win over ``xlsforms/*.csv``."""
        return self.data / "lists"

    @property
    def findings(self) -> Path:
        """Workbooks of findings for the people who can mend them."""
        return self.data / "findings"

    @property
    def decisions(self) -> Path:
        """The workbook in which people decide what is the same and what is not."""
        return self.data / "decisions.xlsx"

    @property
    def exports(self) -> Path:
        """Tables for Excel, Power BI and other programs."""
        return self.data / "exports"

    @property
    def reports(self) -> Path:
        """Finished reports."""
        return self.data / "reports"

    def media(self, name: str) -> Path | None:
        """Find a list or other medium of a form: published lists first, then ``xlsforms/``."""
        for folder in (self.lists, self.xlsforms):
            if (folder / name).is_file():
                return folder / name
            # macOS writes “ễ” in pieces; the workbook has it whole
            same = (each for each in folder.glob("*") if _composed(each.name) == _composed(name))
            if found := next(same, None):
                return found
        return None

    def private(self, folder: Path) -> Path:
        """Make a folder under ``data/`` that only its owner can read and git leaves alone."""
        self.data.mkdir(parents=True, exist_ok=True)
        ignore = self.data / ".gitignore"
        if not ignore.exists():
            ignore.touch(mode=0o600)
            ignore.write_text("*\n", encoding="utf-8")
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            for each in (self.data, folder):
                if stat.S_IMODE(each.stat().st_mode) != _OWNER_MAY:
                    each.chmod(_OWNER_MAY)
        return folder


def _composed(name: str) -> str:
    return normalize("NFC", name)


def shipped() -> Path:
    """Give the programme that comes with the product: in the wheel, or the repository itself."""
    here = Path(__file__).resolve().parent
    inside = here / "shipped"
    return inside if (inside / SETTINGS).is_file() else here.parent


def find(start: Path) -> Folder:
    """Take the programme folder a command was pointed at.

    Raises:
        ProblemError: ``settings-missing`` when there is no ``ishc.toml`` in it.
    """
    folder = Folder(start.resolve())
    if not folder.settings.is_file():
        raise ProblemError(
            Problem(
                "settings-missing",
                Text(
                    vi=f"không có {SETTINGS} trong thư mục này",
                    en=f"there is no {SETTINGS} in this folder",
                ),
                Text(
                    vi="hãy vào thư mục chương trình, hoặc chỉ thư mục khác bằng -C THƯ_MỤC, "
                    "hoặc chạy «ishc init» để có chương trình mới, «ishc demo» để làm thử",
                    en="go to the programme's folder, or name another with -C DIR, "
                    "or run “ishc init” for a new programme, “ishc demo” for one to try",
                ),
                Place(file=str(folder.root)),
            )
        )
    return folder
