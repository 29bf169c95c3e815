"""Formulas of Excel whose result was never stored: read as text, such a cell is empty."""

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from forms.cells import BLANK_ROWS_AT_MOST
from programme.problem import Place, Problem, Text

SHEETS = ("survey", "choices", "settings", "entities", "external_choices")
_PIECE = 1 << 20
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def formulas_without_value(path: Path) -> list[Problem]:
    """Find formulas without a stored result on the sheets of a form.

    Args:
        path: an ``.xlsx`` that has been opened before; other files have none.
    """
    if not zipfile.is_zipfile(path):
        return []
    problems: list[Problem] = []
    with zipfile.ZipFile(path) as archive:
        for name, part in _sheets(archive):
            if name.strip().lower() in SHEETS and _has_formulas(archive, part):
                problems += [_problem(path, name, *cell) for cell in _without_value(archive, part)]
    return problems


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Give each sheet's name and its part of the archive."""
    try:
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - no document type
        links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    except KeyError:
        return  # made by a program that names its parts otherwise
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in book.iter():
        if sheet.tag not in (f"{_MAIN}sheet", f"{_STRICT}sheet"):
            continue
        target = targets.get(sheet.get(_RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))
        if part in archive.namelist():
            yield sheet.get("name", ""), part


def _has_formulas(archive: zipfile.ZipFile, part: str) -> bool:
    with archive.open(part) as file:
        before = b""
        while piece := file.read(_PIECE):
            if _FORMULA.search(before + piece):
                return True
            before = piece[-8:]
    return False


def _without_value(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, str]]:
    """Give row and column letters of every formula without a result."""
    blank = 0
    with archive.open(part) as file:
        for _, element in ET.iterparse(file):  # noqa: S314 - no document type
            tag = element.tag.rpartition("}")[2]
            if tag == "c" and (cell := _empty_formula(element)):
                yield cell
            elif tag == "row":
                blank = 0 if len(element) else blank + 1
                element.clear()
            if blank > BLANK_ROWS_AT_MOST:
                return


def _empty_formula(cell: ET.Element) -> tuple[int, str] | None:
    parts = {child.tag.rpartition("}")[2]: child for child in cell}
    # Excel stores the result '' of a formula as a text; only a result never computed has no type
    empty = "v" not in parts or not (parts["v"].text or "")
    if "f" not in parts or not empty or (cell.get("t") == "str" and "v" in parts):
        return None
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
    return (int(found.group(2)), found.group(1)) if found else None


def _problem(path: Path, sheet: str, row: int, column: str) -> Problem:
    return Problem(
        "workbook-formula-no-value",
        Text(
            vi="ô có công thức Excel nhưng chưa có kết quả lưu trong tệp",
            en="the cell has an Excel formula without a stored result",
        ),
        Text(
            vi="công thức cho điện thoại thì bỏ dấu = ở đầu ô; công thức của Excel thì mở bằng "
            "Excel và lưu lại, hoặc gõ thẳng giá trị vào ô",
            en="take the = from a formula for phones; open one of Excel in Excel and save it "
            "again, or type the value itself",
        ),
        Place(file=path.name, sheet=sheet, row=row, column=column),
    )
