"""Findings as Excel workbooks, one a commune, for the people who can mend them."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from openpyxl import Workbook

from connectors.reconcile.finding_sheets import Issue, commune_workbook, overview_workbook
from connectors.reconcile.phrases import Labels
from connectors.store.tables import TableSet, open_tables
from programme.areas import Areas, load_areas
from programme.folder import Folder
from programme.interrupts import heed
from programme.problem import Exit, Language, Place, Problem, ProblemError, Text
from programme.progress import Progress, silent
from programme.settings import Settings
from programme.writing import write_saved

OVERVIEW = "overview"
NO_COMMUNE = "no-commune"  # findings of submissions that name none
NO_NAME = Text(vi="Chưa rõ xã", en="Commune not known")
_COMMUNE = re.compile("[0-9]{5}")

Row = dict[str, Any]


def write_findings(
    folder: Folder, settings: Settings, labels: Labels, *, progress: Progress = silent
) -> list[Path]:
    """Write ``data/findings``: ``overview.xlsx`` and one workbook a commune that has findings.

    Workbooks of communes without findings are removed. Each file is replaced at once.

    Args:
        folder: the programme; its current tables are read.
        settings: the language of the workbooks, and who answers questions about them.
        labels: titles of the forms by form id.
        progress: told at each commune.

    Returns:
        The overview first, then the communes' workbooks.

    Raises:
        ProblemError: ``tables-missing``; ``file-in-use`` when a workbook is open in Excel.
    """
    tables = open_tables(folder)
    areas = load_areas(folder.xlsforms)
    asked = settings.report.issuer.in_(settings.language)
    issue = Issue(tables.as_of, settings.language, settings.synthetic, asked)
    target = folder.private(folder.findings)
    by_commune = _by_commune(tables, labels)
    names = {commune: _name(areas, commune, settings.language) for commune in by_commune}
    made = [target / f"{OVERVIEW}.xlsx"]
    _replace(made[0], lambda: overview_workbook(by_commune, names, issue))
    for number, (commune, rows) in enumerate(by_commune.items(), 1):
        heed()
        progress(_progress_text(), number, len(by_commune))
        made.append(target / f"{commune}.xlsx")
        _replace(made[-1], _commune_maker(names[commune], rows, issue))
    _remove_others(target, set(made))
    return made


def _by_commune(tables: TableSet, labels: Labels) -> dict[str, list[Row]]:
    clubs = {
        row["club_code"]: row["name"]
        for row in pq.read_table(tables.path("club"), columns=["club_code", "name"]).to_pylist()
    }
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in pq.read_table(tables.path("finding")).to_pylist():
        code = row["commune_code"] or ""
        # what a submission calls its commune becomes a file's name: only a code may
        commune = code if _COMMUNE.fullmatch(code) else NO_COMMUNE
        more = {"club_name": clubs.get(row["club_code"]), "form_title": labels.get(row["form"])}
        found[commune].append({**row, **more})
    return dict(sorted(found.items()))


def _name(areas: Areas, commune: str, language: Language) -> str:
    area = areas.communes.get(commune)
    if area is None:
        return NO_NAME.in_(language) if commune == NO_COMMUNE else commune
    return area.in_(language)


def _commune_maker(name: str, rows: list[Row], issue: Issue) -> Callable[[], Workbook]:
    return lambda: commune_workbook(name, rows, issue)


def _replace(path: Path, make: Callable[[], Workbook]) -> None:
    try:
        write_saved(path, make().save)
    except PermissionError as error:
        raise ProblemError(_in_use(path), Exit.STORE) from error


def _remove_others(target: Path, kept: set[Path]) -> None:
    for path in target.glob("*.xlsx"):
        if path not in kept and not path.name.startswith("~$"):
            try:
                path.unlink()
            except PermissionError as error:
                raise ProblemError(_in_use(path), Exit.STORE) from error


def _in_use(path: Path) -> Problem:
    return Problem(
        "file-in-use",
        Text(
            vi="không ghi được tệp này: đang mở trong Excel",
            en="this file cannot be written: it is open in Excel",
        ),
        Text(
            vi="hãy đóng tệp rồi chạy lại «ishc reconcile»",
            en="close it and run “ishc reconcile” again",
        ),
        Place(file=str(path)),
    )


def _progress_text() -> Text:
    return Text(vi="Đang ghi bảng phát hiện cho các xã", en="Writing findings for communes")
