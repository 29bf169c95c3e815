"""The content of an asset as a workbook again: what a form was before it is replaced."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from connectors.servers.kobo.content import sheets_of

FIRST = ("survey", "choices", "settings")


def write_content(content: Mapping[str, Any], title: str, path: Path) -> None:
    """Write content as the workbook from which KoBo would make it again.

    Args:
        title: the asset's name, which KoBo takes out of the settings.
    """
    sheets = sheets_of(content)
    sheets["settings"] = [{"form_title": title, **(sheets.get("settings") or [{}])[0]}]
    book = Workbook(write_only=True)
    for name in sorted(sheets, key=lambda each: FIRST.index(each) if each in FIRST else len(FIRST)):
        sheet = book.create_sheet(name)
        headers = list(dict.fromkeys(header for row in sheets[name] for header in row))
        for values in (headers, *([row.get(each, "") for each in headers] for row in sheets[name])):
            sheet.append([_cell(sheet, value) for value in values])
    book.save(path)


def _cell(sheet: Any, value: str) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value) or None)
    if value.startswith("="):
        cell.data_type = "s"  # words, not a formula of Excel
    return cell
