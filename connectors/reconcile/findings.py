"""Findings as Excel workbooks, for the people who can mend them: a commune's, a province's, all."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from openpyxl import Workbook

from connectors.reconcile.finding_files import OVERVIEW, Written, workbooks
from connectors.reconcile.finding_links import links
from connectors.reconcile.finding_sheets import Issue, area_workbook, overview_workbook
from connectors.reconcile.phrases import Labels
from connectors.store.raw import RawStore
from connectors.store.tables import TableSet, open_tables
from programme.areas import Areas, load_areas
from programme.folder import Folder
from programme.interrupts import heed
from programme.problem import Exit, Language, Place, Problem, ProblemError, Text
from programme.progress import Progress, silent
from programme.settings import Settings
from programme.writing import write_saved

PROVINCE = "province-{}"
NO_COMMUNE = "no-commune"  # findings of submissions that name none
NO_NAME = Text(vi="Chưa rõ xã", en="Commune not known")
LAYOUT = 1  # raised when workbooks of the same findings look otherwise
WRITING = Text(vi="Đang ghi bảng phát hiện", en="Writing findings")
_COMMUNE = re.compile("[0-9]{5}")
_OURS = re.compile(r"(overview|no-commune|province-[0-9]{2}|[0-9]{5})\.xlsx")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Book:
    path: Path
    rows: Sequence[Row]
    make: Callable[[], Workbook]


def write_findings(
    folder: Folder,
    settings: Settings,
    labels: Labels,
    store: RawStore,
    *,
    progress: Progress = silent,
) -> list[Path]:
    """Write ``data/findings``: an overview, and a workbook for each commune and province.

    A workbook that would say the same as it does is left alone, one that nothing is left for is
    removed. Each file is replaced at once. Answers have to be taken out before.

    Args:
        folder: the programme; its current tables are read.
        settings: the language of the workbooks, the servers, and who answers questions.
        labels: titles of the forms by form id.
        store: knows where servers keep the forms.
        progress: told at each workbook.

    Returns:
        The overview first, then provinces and communes.

    Raises:
        ProblemError: ``tables-missing``; ``file-in-use`` when a workbook is open in Excel.
    """
    tables = open_tables(folder, identified=True)
    areas = load_areas(folder.xlsforms)
    asked = settings.report.issuer.in_(settings.language)
    issue = Issue(tables.as_of, settings.language, settings.synthetic, asked)
    target = folder.private(folder.findings)
    more = _more(tables, labels, areas, settings, store)
    found = [more(row) for row in pq.read_table(tables.path("finding")).to_pylist()]
    mended = [more(row) for row in pq.read_table(tables.path("finding_mended")).to_pylist()]
    books = _books(target, found, mended, areas, issue)
    written = Written.load(target)
    for number, book in enumerate(books, 1):
        heed()
        progress(WRITING, number, len(books))
        _write(book, issue, written)
    _remove_others(target, {book.path for book in books}, written)
    written.save()
    return [book.path for book in books]


def _more(
    tables: TableSet, labels: Labels, areas: Areas, settings: Settings, store: RawStore
) -> Callable[[Row], Row]:
    link = links(settings, store)
    clubs = _club_names(tables)

    def more(row: Row) -> Row:
        return row | {
            "club_name": clubs.get(row["club_code"]),
            "commune_name": _name(areas, row["commune_code"] or "", settings.language),
            "form_title": labels.get(row["form"]),
            "link": link(row),
        }

    return more


def _club_names(tables: TableSet) -> Mapping[str, str]:
    if "club" not in tables.names:  # a programme of something else
        return {}
    rows = pq.read_table(tables.path("club"), columns=["club_code", "name"]).to_pylist()
    return {row["club_code"]: row["name"] for row in rows}


def _books(
    target: Path, found: Sequence[Row], mended: Sequence[Row], areas: Areas, issue: Issue
) -> list[_Book]:
    by_commune, by_province = _grouped(found)
    names = {commune: _name(areas, commune, issue.language) for commune in by_commune}

    def overview() -> Workbook:
        return overview_workbook(by_commune, names, mended, issue)

    books = [_Book(target / f"{OVERVIEW}.xlsx", [*found, *mended], overview)]
    for code, rows in by_province.items():
        name = areas.provinces[code].in_(issue.language) if code in areas.provinces else code
        path = target / f"{PROVINCE.format(code)}.xlsx"
        books.append(_Book(path, rows, _maker(name, rows, issue, is_province=True)))
    for commune, rows in by_commune.items():
        path = target / f"{commune}.xlsx"
        books.append(_Book(path, rows, _maker(names[commune], rows, issue)))
    return books


def _grouped(found: Sequence[Row]) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    communes: defaultdict[str, list[Row]] = defaultdict(list)
    provinces: defaultdict[str, list[Row]] = defaultdict(list)
    for row in found:
        # what a submission calls its commune becomes a file's name: only a code may
        code = row["commune_code"] or ""
        commune = code if _COMMUNE.fullmatch(code) else NO_COMMUNE
        communes[commune].append(row)
        province = row["province_code"] or ""
        if province.isdecimal() and len(province) == 2:  # noqa: PLR2004 - digits of a code
            provinces[province].append(row)
    return dict(sorted(communes.items())), dict(sorted(provinces.items()))


def _name(areas: Areas, commune: str, language: Language) -> str:
    area = areas.communes.get(commune)
    if area is None:
        return commune if _COMMUNE.fullmatch(commune) else NO_NAME.in_(language)
    return area.in_(language)


def _maker(
    name: str, rows: Sequence[Row], issue: Issue, *, is_province: bool = False
) -> Callable[[], Workbook]:
    return lambda: area_workbook(name, rows, issue, is_province=is_province)


def _write(book: _Book, issue: Issue, written: Written) -> None:
    content = _content(book, issue)
    if written.holds(book.path, content):
        return
    try:
        write_saved(book.path, book.make().save)
    except PermissionError as error:
        raise ProblemError(in_use(book.path), Exit.STORE) from error
    written.note(book.path, content)


def _content(book: _Book, issue: Issue) -> str:
    """Hash what a workbook is about to say, but for the day: thousands say the same every night."""
    said = [LAYOUT, issue.language, issue.synthetic, issue.asked]
    rows = [[(name, row[name]) for name in sorted(row) if name != "last_seen"] for row in book.rows]
    parts = [*said, rows]
    return sha256(json.dumps(parts, default=str).encode()).hexdigest()[:16]


def _remove_others(target: Path, kept: set[Path], written: Written) -> None:
    """Remove our workbooks of areas without findings; what others put here stays."""
    for path in workbooks(target):
        if path in kept or not (path.name in written.files or _OURS.fullmatch(path.name)):
            continue
        try:
            path.unlink()
        except PermissionError as error:
            raise ProblemError(in_use(path), Exit.STORE) from error
        written.files.pop(path.name, None)


def in_use(path: Path) -> Problem:
    """Say that a workbook is open in Excel and cannot be written."""
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
