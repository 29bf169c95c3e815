"""Findings as Excel workbooks, for the people who can mend them: a commune's, a province's, all."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.reconcile.finding_files import OVERVIEW, Written, workbooks
from connectors.reconcile.finding_links import links
from connectors.reconcile.finding_sheets import (
    COUNTED,
    NUMBER,
    Issue,
    area_sheets,
    overview_sheets,
)
from connectors.reconcile.phrases import Labels
from connectors.reconcile.sheet_layout import Sheet, save_book
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
LAYOUT = 2  # raised when workbooks of the same findings look otherwise
WRITING = Text(vi="Đang ghi bảng phát hiện", en="Writing findings")
_COMMUNE, _PROVINCE = re.compile("[0-9]{5}"), re.compile("[0-9]{2}")
_OURS = re.compile(r"(overview|no-commune|province-[0-9]{2}|[0-9]{5})\.xlsx")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook: where it lies, its findings, and how it is made of them."""

    path: Path
    findings: pa.Table
    make: Callable[[Sequence[Row]], list[Sheet]]


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
    found, past = (pq.read_table(tables.path(name)) for name in ("finding", "finding_mended"))
    books = list(_books(target, found, areas, issue))
    written = Written.load(target)
    overview = target / f"{OVERVIEW}.xlsx"
    names = partial(_name, areas, language=issue.language)
    _write_overview(overview, found, past, more, names, issue, written)
    try:
        for number, book in enumerate(books, 1):
            heed()
            progress(WRITING, number, len(books))
            rows = [more(row) for row in book.findings.to_pylist()]
            _write(book.path, _content(rows, issue), partial(book.make, rows), issue, written)
    finally:
        written.save()  # also what was written until somebody had one open
    _remove_others(target, {overview, *(book.path for book in books)}, written)
    written.save()
    return [overview, *(book.path for book in books)]


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


def _books(target: Path, found: pa.Table, areas: Areas, issue: Issue) -> Iterator[_Book]:
    """Give the workbooks of provinces and communes, one after the other by code."""
    for code, rows in _grouped(found, "province_code", _PROVINCE):
        if code:
            known = code in areas.provinces
            name = areas.provinces[code].in_(issue.language) if known else code
            make = partial(_area, name, issue, is_province=True)
            yield _Book(target / f"{PROVINCE.format(code)}.xlsx", rows, make)
    for code, rows in _grouped(found, "commune_code", _COMMUNE):
        commune = code or NO_COMMUNE
        name = _name(areas, commune, issue.language)
        yield _Book(target / f"{commune}.xlsx", rows, partial(_area, name, issue))


def _grouped(found: pa.Table, column: str, code: re.Pattern[str]) -> Iterator[tuple[str, pa.Table]]:
    """Give findings by area; what is no code is no file's name, and comes under an empty one."""
    said = found.column(column).to_pylist()
    # what a submission calls its commune becomes a file's name: only a code may
    areas = [each if each and code.fullmatch(each) else "" for each in said]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, area in enumerate(areas):
        places[area].append(place)
    order = sorted(places, key=lambda area: area or NO_COMMUNE)
    whole = found.take(pa.array([place for area in order for place in places[area]], pa.int64()))
    start = 0
    for area in order:
        yield area, whole.slice(start, len(places[area]))
        start += len(places[area])


def _area(
    name: str, issue: Issue, rows: Sequence[Row], *, is_province: bool = False
) -> list[Sheet]:
    return area_sheets(name, rows, issue, is_province=is_province)


def _write_overview(
    path: Path,
    found: pa.Table,
    past: pa.Table,
    more: Callable[[Row], Row],
    names: Callable[[str], str],
    issue: Issue,
    written: Written,
) -> None:
    """Write the overview: findings are counted, only what is over is shown one by one."""
    waived = [more(row) for row in found.filter(pc.equal(found["state"], "waived")).to_pylist()]
    mended = [more(row) for row in past.to_pylist()]
    by_commune = {
        code or NO_COMMUNE: _counted(rows)
        for code, rows in _grouped(found, "commune_code", _COMMUNE)
    }
    named = {commune: names(commune) for commune in by_commune}
    content = _content([*({"commune": key, "is": is_} for key, is_ in by_commune.items()),
                        *waived, *mended], issue)  # fmt: skip
    make = partial(overview_sheets, by_commune, named, waived, mended, issue)
    _write(path, content, make, issue, written)


def _counted(findings: pa.Table) -> list[Row]:
    """Give one row for all findings that the overview does not tell apart."""
    groups = findings.group_by([*COUNTED], use_threads=False).aggregate([([], "count_all")])
    rows: list[Row] = groups.rename_columns({"count_all": NUMBER}).to_pylist()
    return rows


def _name(areas: Areas, commune: str, language: Language) -> str:
    area = areas.communes.get(commune)
    if area is None:
        return commune if _COMMUNE.fullmatch(commune) else NO_NAME.in_(language)
    return area.in_(language)


def _write(
    path: Path, content: str, make: Callable[[], list[Sheet]], issue: Issue, written: Written
) -> None:
    if written.holds(path, content):
        return
    try:
        write_saved(path, partial(save_book, make(), issue.language))
    except PermissionError as error:
        raise ProblemError(in_use(path), Exit.STORE) from error
    written.note(path, content)


def _content(rows: Sequence[Row], issue: Issue) -> str:
    """Hash what a workbook is about to say, but for the day: thousands say the same every night."""
    said = [LAYOUT, issue.language, issue.synthetic, issue.asked]
    shown = [[(name, row[name]) for name in sorted(row) if name != "last_seen"] for row in rows]
    return sha256(orjson.dumps([*said, shown], default=str)).hexdigest()[:16]


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
