"""pyxform is handed what it would read itself, so that forms compile as on a server."""

import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from pyxform.xls2json_backends import get_xlsform

from forms.definition import definition
from forms.workbook import read_workbook

XLSFORMS = sorted((Path(__file__).parents[2] / "xlsforms").glob("*.xlsx"))
HEADERS = ["type", "name", "label", "default"]
QUESTION = ["text", "a", "A"]
Sheets = dict[str, Sequence[Sequence[Any]]]
ODD: dict[str, Sheets] = {
    "values": {
        "survey": [
            HEADERS,
            ["date", "a", "A", date(2026, 1, 2)],
            ["dateTime", "b", "B", datetime(2026, 1, 2, 3, 4)],
            ["time", "c", "C", time(3, 4)],
            ["text", "d", "D", True],
            ["decimal", "e", "E", 3.0],
            ["decimal", "f", "F", 3.25],
            ["text", "g\u00a0", " G\u00a0g  h ", "  "],
        ]
    },
    "blank rows": {"survey": [HEADERS, QUESTION, *[[]] * 60, ["text", "b", "B"]]},
    "too many blank rows": {"survey": [HEADERS, QUESTION, *[[]] * 61, ["text", "b", "B"]]},
    "a gap in the header": {"survey": [["type", None, "name ", "a   b"], ["text", "x", "a", "b"]]},
    "other sheets": {"Survey": [HEADERS, QUESTION], "notes": [["a"]], "Settings": [["form_id"]]},
}


@pytest.mark.parametrize("path", XLSFORMS, ids=lambda path: path.stem)
def test_the_shipped_forms(path: Path) -> None:
    same(path)


@pytest.mark.parametrize("name", ODD)
def test_odd_workbooks(name: str, tmp_path: Path) -> None:
    same(saved(tmp_path / "odd.xlsx", ODD[name]))


@pytest.mark.parametrize("claimed", [b'<dimension ref="A1:C2"/>', b""])
def test_a_sheet_that_claims_another_size(claimed: bytes, tmp_path: Path) -> None:
    sheets: Sheets = {"survey": [HEADERS, [*QUESTION, "x"], ["text", "b", "B"]]}
    whole = saved(tmp_path / "whole.xlsx", sheets)
    path = tmp_path / "odd.xlsx"
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(path, "w") as other:
        for part in archive.namelist():
            other.writestr(part, re.sub(rb"<dimension [^>]*/>", claimed, archive.read(part)))
    same(path)


def same(path: Path) -> None:
    handed = definition(read_workbook(path))
    assert isinstance(handed, dict)
    assert get_xlsform(handed) == get_xlsform(str(path))


def saved(path: Path, sheets: Sheets) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path
