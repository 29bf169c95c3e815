"""Villages and kinds of area: imported rows added to the lists that people edit."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from connectors.importing.places import Places
from connectors.importing.read import ImportBook
from connectors.importing.sheets import AREA_KINDS, VILLAGES
from programme.area_kind_rows import AreaKindRows
from programme.folder import Folder
from programme.lists import Row as ListRow
from programme.lists import read_list
from programme.problem import Problem, ProblemError
from programme.text import fold
from programme.writing import write_text

VILLAGE_COLUMNS = ("name", "label", "commune")
KIND_COLUMNS = ("code", "kinds", "basis", "valid_from")
SAID = ("source", "as_of")  # who said so, of what day

Lines = dict[tuple[str, str], dict[str, str]]


def village_lines(
    book: ImportBook, folder: Folder, places: Places, found: list[Problem]
) -> tuple[Path, Lines, int]:
    """Add the villages to ``villages.csv``; one of a commune and name keeps its code.

    Returns:
        The file, its rows to be, how many of them are new or changed.
    """
    path = folder.xlsforms / "villages.csv"
    lines = _kept(path, VILLAGE_COLUMNS, lambda row: (row["commune"], fold(row["label"])))
    changed = 0
    for row in book.rows.get(VILLAGES, ()):
        try:
            commune = places.commune(row).code
        except ProblemError as error:
            found += error.problems
            continue
        key = (commune, fold(row.get("village")))
        code = row.get("code") or lines.get(key, {}).get("name") or _next(lines, commune)
        new = {"name": code, "label": row.get("village"), "commune": commune} | _said(book)
        changed += _put(lines, key, new, VILLAGE_COLUMNS)
    return path, lines, changed


def kind_lines(
    book: ImportBook, folder: Folder, places: Places, found: list[Problem]
) -> tuple[Path, Lines, int]:
    """Add the kinds of area to the programme's own table, by commune and day."""
    path = folder.area_kinds
    lines = _kept(path, KIND_COLUMNS, lambda row: (row["code"], row["valid_from"]))
    checked = AreaKindRows(f"{book.file} ({AREA_KINDS})", places.areas)
    changed = 0
    for row in book.rows.get(AREA_KINDS, ()):
        try:
            code = places.commune(row).code
        except ProblemError as error:
            found += error.problems
            continue
        new = {"code": code, **{name: row.get(name) for name in KIND_COLUMNS[1:]}}
        checked.read(ListRow(row.place.row or 0, new))
        changed += _put(lines, (code, row.get("valid_from")), new | _said(book), KIND_COLUMNS)
    try:
        checked.finish()
    except ProblemError as error:
        found += error.problems
    return path, lines, changed


def write_lines(path: Path, columns: Sequence[str], lines: Lines) -> None:
    """Write a list, sorted, at once."""
    more = sorted({name for line in lines.values() for name in line} - {*columns, *SAID})
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [*columns, *SAID, *more], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines[key] for key in sorted(lines))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, text.getvalue())


def _kept(path: Path, columns: Sequence[str], key: Callable[[ListRow], tuple[str, str]]) -> Lines:
    if not path.is_file():
        return {}
    return {key(row): dict(row.values) for row in read_list(path, columns)}


def _put(
    lines: Lines, key: tuple[str, str], new: Mapping[str, str], columns: Sequence[str]
) -> bool:
    before = lines.get(key, {})
    if all(before.get(name) == new[name] for name in columns):
        return False  # said again, by whomever
    lines[key] = {**before, **new}
    return True


def _said(book: ImportBook) -> dict[str, str]:
    return {"source": book.source, "as_of": book.as_of.isoformat()}


def _next(lines: Lines, commune: str) -> str:
    """Give the next code of a village that has no official one, above all that are in use."""
    codes = (line["name"] for line in lines.values())
    numbers = (code.rpartition("-T")[2] for code in codes if code.startswith(f"{commune}-T"))
    return f"{commune}-T{max((int(each) for each in numbers if each.isdigit()), default=0) + 1:02d}"
