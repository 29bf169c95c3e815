"""An XLSForm workbook as rows that remember their sheet and row number."""

import hashlib
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from forms.headers import canonical_header
from programme.problem import Place, Problem, ProblemError, Text

# First bytes of the old container that Excel uses for .xls and for files with a password.
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BLANK_ROWS_AT_MOST = 1000  # a sheet formatted down to row 1,048,576 ends here


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet.

    Args:
        number: row number as Excel shows it, 1-based.
        cells: text by column header, only cells that hold something.
    """

    number: int
    cells: Mapping[str, str]

    def get(self, header: str) -> str:
        """Give the text under a header, empty when there is none."""
        return self.cells.get(header, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its headers in order and the rows that are not blank."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook: its sheets by lower-case name, in order."""

    path: Path
    sheets: Mapping[str, Sheet]

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """Give the rows of a sheet, none when the sheet is missing."""
        found = self.sheets.get(sheet)
        return found.rows if found else ()

    def setting(self, name: str) -> str:
        """Give a value of the ``settings`` sheet, empty when it is not set."""
        rows = self.rows("settings")
        return rows[0].get(name) if rows else ""

    def place(self, sheet: str, row: int | None = None, column: str | None = None) -> Place:
        """Say where something is in this workbook."""
        found = self.sheets.get(sheet)
        name = found.name if found else sheet
        return Place(file=self.path.name, sheet=name, row=row, column=column)

    @property
    def form_id(self) -> str:
        """The form id of the settings, else the file's name as pyxform takes it."""
        return self.setting("form_id") or self.path.stem

    @property
    def digest(self) -> str:
        """SHA-256 of what the cells say: saving the same again in another program keeps it."""
        sha = hashlib.sha256()
        for name, sheet in self.sheets.items():
            sha.update(f"\x1d{name}".encode())
            for row in sheet.rows:
                cells = "\x1f".join(f"{header}={text}" for header, text in row.cells.items())
                sha.update(f"\x1e{cells}".encode())
        return sha.hexdigest()


def read_workbook(path: Path) -> Workbook:
    """Read an XLSForm workbook (``.xlsx``, ``.xlsm``).

    Args:
        path: the workbook; cells are NFC text, trimmed; blank rows are left out.

    Raises:
        ProblemError: ``workbook-missing``, ``workbook-encrypted``, ``workbook-unreadable``,
            ``workbook-no-survey``, ``workbook-header-twice``.
    """
    sheets = {name.strip().lower(): _sheet(name, rows, path) for name, rows in read_cells(path)}
    workbook = Workbook(path, sheets)
    if not workbook.rows("survey"):
        raise ProblemError(_no_survey(workbook))
    return workbook


def read_cells(path: Path) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """Read any workbook's cells as text: each sheet's name and its rows that are not blank.

    Raises:
        ProblemError: ``workbook-missing``, ``workbook-encrypted``, ``workbook-unreadable``.
    """
    _refuse(path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it cannot keep on saving; nothing is saved here
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True)
            try:
                sheets = [(sheet.title, list(_rows(sheet))) for sheet in book.worksheets]
            finally:
                book.close()
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises whatever the XML inside happens to break
        raise ProblemError(_unreadable(path, f"{type(error).__name__}: {error}")) from error
    yield from sheets


def cell_text(value: Any) -> str:
    """Write a cell's value as XLSForm tools read it: 3.0 is ``3``, a date is ISO."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            text = unicodedata.normalize("NFC", str(value))
            return text.replace("\u00a0", " ").strip()


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # some programs write a wrong size, which would cut columns off
    blank = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [cell_text(value) for value in values]
        if any(cells):
            blank = 0
            yield number, cells
            continue
        blank += 1
        if blank > BLANK_ROWS_AT_MOST:
            return


def _sheet(name: str, rows: list[tuple[int, list[str]]], path: Path) -> Sheet:
    if not rows:
        return Sheet(name, (), ())
    first, cells = rows[0]
    headers = [canonical_header(cell) for cell in cells]
    for position, header in enumerate(headers):
        if header and header in headers[:position] and name.strip().lower() == "survey":
            raise ProblemError(_header_twice(Place(path.name, name, first, cells[position])))
    return Sheet(
        name,
        tuple(header for header in headers if header),
        tuple(
            Row(number, {h: text for h, text in zip(headers, texts, strict=False) if h and text})
            for number, texts in rows[1:]
            if any(text for h, text in zip(headers, texts, strict=False) if h)
        ),
    )


def _refuse(path: Path) -> None:
    if not path.is_file():
        raise ProblemError(
            Problem(
                "workbook-missing",
                Text(vi="không có tệp này", en="there is no such file"),
                Text(
                    vi="hãy xem lại tên và thư mục của tệp Excel",
                    en="check the name and folder of the workbook",
                ),
                Place(file=str(path)),
            )
        )
    with path.open("rb") as file:
        start = file.read(len(COMPOUND_FILE))
    if start == COMPOUND_FILE:
        raise ProblemError(
            Problem(
                "workbook-encrypted",
                Text(
                    vi="tệp có mật khẩu, hoặc là Excel kiểu cũ (.xls)",
                    en="the file has a password, or is an old Excel file (.xls)",
                ),
                Text(
                    vi="hãy mở bằng Excel, bỏ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc) "
                    "và lưu lại dạng .xlsx",
                    en="open it in Excel, remove the password (File → Info → Protect Workbook) "
                    "and save it as .xlsx",
                ),
                Place(file=path.name),
            )
        )
    if not zipfile.is_zipfile(path):
        raise ProblemError(_unreadable(path, "not a zip archive"))


def _unreadable(path: Path, why: str) -> Problem:
    return Problem(
        "workbook-unreadable",
        Text(
            vi=f"không đọc được tệp như một sổ Excel .xlsx ({why})",
            en=f"the file cannot be read as an Excel workbook .xlsx ({why})",
        ),
        Text(
            vi="hãy mở bằng Excel rồi lưu lại dạng .xlsx; nếu Excel cũng không mở được, "
            "hãy lấy lại bản cũ hơn",
            en="open it in Excel and save it again as .xlsx; if Excel cannot open it either, "
            "take an older copy",
        ),
        Place(file=path.name),
    )


def _no_survey(workbook: Workbook) -> Problem:
    names = ", ".join(f"«{sheet.name}»" for sheet in workbook.sheets.values())
    return Problem(
        "workbook-no-survey",
        Text(
            vi=f"không có câu hỏi nào: thiếu trang tính «survey», hoặc trang trống (có: {names})",
            en=f"there are no questions: sheet “survey” is missing or empty (there are: {names})",
        ),
        Text(
            vi="hãy đặt tên «survey» cho trang chứa câu hỏi, dòng đầu là type, name, label…",
            en="name the sheet with the questions “survey”; its first row is type, name, label…",
        ),
        Place(file=workbook.path.name, sheet="survey"),
    )


def _header_twice(place: Place) -> Problem:
    return Problem(
        "workbook-header-twice",
        Text(vi="hai cột có cùng tên", en="two columns have the same name"),
        Text(
            vi="hãy xoá hoặc đổi tên một cột, vì chỉ một cột được đọc",
            en="delete or rename one of them, because only one would be read",
        ),
        place,
    )
