"""An Excel workbook of lists: a first sheet that tells what it holds, heads that stay in view.

The same lists give the same bytes. Nothing in a cell is run: names and notes stay text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from connectors.export.workbook import (
    EXCEL_ROWS,
    HEAD_HEIGHT,
    LONGEST_SHEET_NAME,
    head_cells,
    text_cell,
)
from connectors.store.cells import all_digits, cell_text
from programme.problem import Language, Text
from programme.word.zipped import archive
from programme.writing import write_saved

Kind = Literal["text", "long", "number"]
_FRONT = Text(vi="Đọc trước", en="Read first")
_HEADS = (
    Text(vi="Trang tính", en="Sheet"),
    Text(vi="Nội dung", en="Content"),
    Text(vi="Số dòng", en="Rows"),
)
_FORBIDDEN = re.compile(r"[\\/*?:\[\]]")
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_NUMBER = "#,##0.##"
_WHOLE = "#,##0"
_WIDTHS: Mapping[Kind, int] = {"text": 28, "long": 60, "number": 13}  # characters


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to an address."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its head, and how wide it has to be."""

    head: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of cells.

    Args:
        formats: place of a cell → how its number is shown; others as Excel does it.
    """

    values: tuple[Any, ...]
    formats: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet below Excel's row limit."""

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[SheetRow]


def columns_in(columns: Iterable[tuple[Text, Kind]], language: Language) -> tuple[SheetColumn, ...]:
    """Give columns with their heads in one language."""
    return tuple(SheetColumn(head.in_(language), kind) for head, kind in columns)


def plain_rows(rows: Iterable[tuple[Any, ...]]) -> list[SheetRow]:
    """Give rows without formats of their own."""
    return [SheetRow(row, {}) for row in rows]


def numbered(
    name: str, rows: Sequence[SheetRow], most_rows: int = EXCEL_ROWS
) -> Iterator[tuple[str, Sequence[SheetRow]]]:
    """Cut rows where a sheet is full; every part has the same name, which is numbered later."""
    most = most_rows - 1  # less the head
    for start in range(0, max(len(rows), 1), most):
        yield name, rows[start : start + most]


def write_sheets(
    out: Path,
    lines: Sequence[str],
    sheets: Iterable[Sheet],
    language: Language,
    day: date,
    *,
    private: bool,
) -> None:
    """Write a workbook.

    Args:
        lines: told on its first sheet, above the list of the others.
        day: stands in the file for the moment of writing.
        private: readable by its owner only.
    """
    named = list(_named(sheets, _FRONT.in_(language)))
    book = openpyxl.Workbook(write_only=True)
    _front(book, lines, named, language)
    for name, sheet in named:
        _write_sheet(book, name, sheet)
    made = BytesIO()
    book.save(made)
    whole = _same_bytes(made, day)
    write_saved(out, lambda file: file.write(whole), private=private)


def _named(sheets: Iterable[Sheet], front: str) -> Iterator[tuple[str, Sheet]]:
    taken = {front.lower()}
    for sheet in sheets:
        stem = _FORBIDDEN.sub("-", sheet.name)[:LONGEST_SHEET_NAME]
        name, number = stem, 2
        while name.lower() in taken:
            tail = f" ({number})"
            name, number = stem[: LONGEST_SHEET_NAME - len(tail)] + tail, number + 1
        taken.add(name.lower())
        yield name, sheet


def _front(
    book: openpyxl.Workbook,
    lines: Sequence[str],
    named: Sequence[tuple[str, Sheet]],
    language: Language,
) -> None:
    sheet = book.create_sheet(_FRONT.in_(language))
    for letter, width in zip("ABC", (34, 70, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    for line in lines:
        sheet.append([text_cell(sheet, cell_text(line))])
    sheet.append([])
    sheet.append(list(head_cells(sheet, [head.in_(language) for head in _HEADS])))
    for row, (name, source) in enumerate(named, start=len(lines) + 3):
        link = WriteOnlyCell(sheet, name)
        link.hyperlink = Hyperlink(ref=f"A{row}", location=f"'{name}'!A1")
        link.style = "Hyperlink"
        sheet.append([link, text_cell(sheet, cell_text(source.title)), len(source.rows)])


def _write_sheet(book: openpyxl.Workbook, name: str, source: Sheet) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = HEAD_HEIGHT
    for number, column in enumerate(source.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS[column.kind]
    last = get_column_letter(len(source.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(source.rows) + 1}"
    sheet.append(list(head_cells(sheet, [column.head for column in source.columns])))
    for row in source.rows:
        sheet.append(
            [_cell(sheet, value, row.formats.get(place)) for place, value in enumerate(row.values)]
        )


def _cell(sheet: Any, value: Any, number_format: str | None) -> Any:
    if isinstance(value, str):
        return text_cell(sheet, cell_text(value))
    if isinstance(value, Link):
        cell = WriteOnlyCell(sheet, cell_text(value.text))
        cell.hyperlink, cell.style = value.address, "Hyperlink"
        return cell
    if isinstance(value, float):
        whole = value == int(value)
        cell = WriteOnlyCell(sheet, all_digits(int(value)) if whole else value)
        cell.number_format = number_format or (_WHOLE if whole else _NUMBER)
        return cell
    return all_digits(value)


def _same_bytes(made: BytesIO, day: date) -> bytes:
    """Write the file again without the moment of writing."""
    stamp = f"{day}T00:00:00Z".encode()
    with ZipFile(made) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    core = "docProps/core.xml"
    parts[core] = _STAMPS.sub(rb"\g<1>" + stamp, parts[core])
    return archive(parts)
