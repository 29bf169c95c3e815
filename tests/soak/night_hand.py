"""A colleague who changes a form on the server by hand, and an author who breaks a template."""

import shutil
from pathlib import Path

import docx
from openpyxl import load_workbook

from programme.folder import Folder

FORM = "monthly_activity_report"
GONE, MORE = "difficulty", "added_by_hand"


def colleague(office: Folder, place: Path) -> Folder:
    """Make a colleague's folder, whose report asks one question more and one less."""
    shutil.rmtree(place, ignore_errors=True)
    here = Folder(place)
    shutil.copytree(office.xlsforms, here.xlsforms)
    shutil.copy(office.settings, here.settings)
    shutil.copy(office.data / "token", here.private(here.data) / "token")
    path = here.xlsforms / f"{FORM}.xlsx"
    book = load_workbook(path)
    sheet = book["survey"]
    names = [cell.value for cell in sheet[1]]
    column = {name: place for place, name in enumerate(names, start=1)}
    (row,) = (cell.row for cell in sheet[_letter(sheet, column["name"])] if cell.value == GONE)
    for cell in sheet[row]:
        cell.value = None
    for name, value in {
        "type": "text",
        "name": MORE,
        "label::Tiếng Việt (vi)": "Thêm trên máy chủ",
        "label::English (en)": "Added on the server",
        "class": "plain",
    }.items():
        sheet.cell(row, column[name], value)
    settings = book["settings"]
    heads = {cell.value: cell.column for cell in settings[1]}
    cell = settings.cell(2, heads["version"])
    cell.value = str(int(str(cell.value)) + 1)
    book.save(path)
    return here


def _letter(sheet: object, column: int) -> str:
    return sheet.cell(1, column).column_letter  # type: ignore[attr-defined] # a worksheet


def break_template(path: Path) -> bytes:
    """Let an author write a placeholder that there is none of; gives what the file was before."""
    before = path.read_bytes()
    document = docx.Document(str(path))
    document.paragraphs[0].insert_paragraph_before("{{ clubs_in_opperation }}")
    document.save(str(path))
    return before
