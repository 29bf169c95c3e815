"""What pyxform reads of a workbook, taken from the cells that are read already."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from forms.cells import Cells, csv_rows
from forms.workbook import Workbook


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as pyxform asks for it."""

    value: Any


def definition(read: Workbook) -> dict[str, Any] | str:
    """Give what ``pyxform.xls2xform.convert`` is to be handed for a workbook.

    It is the same as pyxform would read from the file itself, without reading it twice. An old
    ``.xls`` is given by its path: pyxform takes the dates in it from xlrd.
    """
    if read.form == "xls":
        return str(read.path)
    sheets = _from_csv(read) if read.form == "csv" else _from_cells(read.cells)
    return {"fallback_form_name": read.path.stem, **sheets}


def _from_csv(read: Workbook) -> dict[str, Any]:
    from pyxform.xls2json_backends import csv_to_dict  # noqa: PLC0415 - it takes long to import

    text = io.StringIO()
    csv.writer(text).writerows(csv_rows(read.path))  # without byte order mark and semicolons
    found: dict[str, Any] = csv_to_dict(text.getvalue().encode("utf-8"))
    return found


def _from_cells(sheets: Sequence[Cells]) -> dict[str, Any]:
    from pyxform.constants import SUPPORTED_SHEET_NAMES, SURVEY  # noqa: PLC0415

    found: dict[str, Any] = {"sheet_names": [sheet.name for sheet in sheets]}
    for sheet in sheets:
        name = sheet.name.lower()
        if name not in SUPPORTED_SHEET_NAMES:
            if len(sheets) > 1:
                continue
            name = SURVEY
        found[name], found[f"{name}_header"] = _sheet(sheet)
    return found


def _sheet(sheet: Cells) -> tuple[list[dict[str, str]], list[dict[str, None]]]:
    """Give the rows below the header by column, blank ones too, and the header."""
    from pyxform.xls2json_backends import (  # noqa: PLC0415
        get_excel_column_headers,
        get_excel_rows,
        xlsx_value_to_str,
    )

    def text(cell: _Cell, _row: int, _column: str) -> str:
        value = cell.value
        written: str = xlsx_value_to_str(value.strip() if isinstance(value, str) else value)
        return written

    rows = _rows(sheet)
    headers = get_excel_column_headers(next(rows, ()))
    cells = (tuple(map(_Cell, row[: len(headers)])) for row in rows)
    named = {header: None for header in headers if header is not None}
    return get_excel_rows(headers, cells, text), [named] if named else []


def _rows(sheet: Cells) -> Iterator[Sequence[Any]]:
    """Give every row from the first one on, within the size that the file claims to have."""
    height, width = sheet.size
    before = 0
    for number, values in sheet.values:
        if height is not None and number > height:
            return
        yield from ((),) * (number - before - 1)
        yield values[:width]
        before = number
