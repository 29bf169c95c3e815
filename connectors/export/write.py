"""``export``: the tables of the last run, as one workbook or a folder of files."""

import shutil
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from connectors.export.hidden import hidden
from connectors.export.place import put_in_place, refuse_strangers
from connectors.export.plain_files import write_csv, write_parquet
from connectors.export.sources import Source, open_source
from connectors.export.wording import wording
from connectors.export.workbook import Front, write_workbook
from connectors.store.labels import CHOICES, COLUMNS
from connectors.store.tables import TableSet, open_tables
from programme.dates import short
from programme.folder import Folder
from programme.problem import Language, Text
from programme.progress import Progress, silent
from programme.settings import Settings

Kind = Literal["xlsx", "csv", "parquet"]
WORKBOOK = "ishc"
NAMED = 3  # tables that the name of a workbook tells
DICTIONARY = frozenset({COLUMNS, CHOICES})  # what labels have already been put in place of


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    Args:
        files: finished files, under names that stay the same next time.
        tables: how many.
        rows: of all tables.
        run: the run they were taken from.
    """

    files: tuple[Path, ...]
    tables: int
    rows: int
    run: str


def export(
    folder: Folder,
    settings: Settings,
    kind: Kind,
    *,
    out: Path,
    language: Language,
    names: Collection[str] = (),
    labels: str | None = None,
    identified: bool = False,
    separator: str = ",",
    progress: Progress = silent,
) -> Exported:
    """Write tables for people who do not work in Python.

    Args:
        kind: one Excel workbook; or a file a table as CSV or Parquet.
        out: the folder for it, made if need be; the files in it keep their names, so that a
            Power BI report or a pivot table goes on working after the next export.
        language: of the workbook's first sheet.
        names: tables to take; all when empty, those of labels only where there are no labels.
        labels: language of the forms' labels, which stand instead of names of questions and
            choices; names when None.
        identified: with the columns that name people; who asked to be restricted is left out.
        separator: between the columns of a CSV; with ``;`` decimals have a comma.

    Raises:
        ProblemError: ``tables-missing``, ``table-unknown``, ``language-unknown``,
            ``export-not-ours`` when files of somebody else have the names, ``export-file-open``.
    """
    tables = open_tables(folder, identified)
    words = wording(tables, labels)
    every = [each for each in tables.names if not labels or each not in DICTIONARY]
    wanted = list(dict.fromkeys(names)) or every
    whom = hidden(folder, tables, identified=identified)
    decimals = settings.people.point_decimals
    sources = [open_source(tables, name, words, whom, decimals) for name in wanted]
    made = [f"{name}.{kind}" for name in ([_workbook(names)] if kind == "xlsx" else wanted)]
    refuse_strangers(out, made)
    out.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".export-", dir=out))
    try:
        if kind == "xlsx":
            front = _front(settings, tables, language, identified)
            write_workbook(sources, scratch / made[0], front, progress)
        else:
            _files(sources, scratch, kind, separator, progress)
        files = put_in_place(scratch, out, tables.run, whole=not names and kind != "xlsx")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Exported(tuple(files), len(sources), sum(each.rows for each in sources), tables.run)


def _workbook(names: Collection[str]) -> str:
    """Name a workbook of some tables by them, so that the one of all stays as it is."""
    told = "-".join(dict.fromkeys(names)) if len(set(names)) <= NAMED else "selection"
    return f"{WORKBOOK}-{told}" if names else WORKBOOK


def _files(
    sources: Collection[Source], scratch: Path, kind: Kind, separator: str, progress: Progress
) -> None:
    for number, source in enumerate(sources):
        progress(Text(vi="đang xuất bảng", en="exporting tables"), number, len(sources))
        if kind == "csv":
            write_csv(source, scratch, separator)
        else:
            write_parquet(source, scratch)


def _front(settings: Settings, tables: TableSet, language: Language, identified: bool) -> Front:
    vi = [
        settings.name.vi,
        f"Số liệu chốt đến {short(tables.as_of, 'vi')}, lần lập bảng {tables.run}.",
    ]
    en = [settings.name.en, f"As of {short(tables.as_of, 'en')}, run {tables.run}."]
    if identified:
        vi.append("CÓ TÊN NGƯỜI: chỉ giao cho người được phép xem.")
        en.append("NAMES PEOPLE: hand it only to those who may see it.")
    else:
        vi.append("Không có tên người; mã người là bí danh.")
        en.append("Names nobody; codes of people are pseudonyms.")
    if settings.synthetic:
        vi.append("DỮ LIỆU GIẢ ĐỊNH, không phải số liệu thật.")
        en.append("MADE-UP DATA, not real figures.")
    vi.append("Ô trống là không có số liệu, không phải số 0.")
    en.append("An empty cell means no figure, not zero.")
    if language == "vi":
        heads, columns = ("Trang tính", "Bảng", "Số dòng"), ("Bảng", "Tiêu đề cột", "Tên cố định")
        return Front("Đọc trước", vi, heads, "Các cột", columns)
    heads, columns = ("Sheet", "Table", "Rows"), ("Table", "Header", "Stable name")
    return Front("Read first", en, heads, "Columns", columns)
