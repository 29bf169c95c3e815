"""An XLSForm workbook as rows that remember their sheet and row number."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from forms.cells import Cells, read_cells
from forms.formulas import formulas_without_value
from forms.headers import canonical_header
from forms.package import Format
from programme.problem import Place, Problem, ProblemError, Text


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
    """A workbook: its sheets by lower-case name, in order.

    Args:
        path: its file.
        sheets: what the rules look at.
        form: what kind of file it is.
        cells: the sheets as they stand in the file, for pyxform.
    """

    path: Path
    sheets: Mapping[str, Sheet]
    form: Format
    cells: Sequence[Cells] = field(repr=False)

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
    """Read an XLSForm workbook (``.xlsx``, ``.xlsm``, ``.xls``, ``.csv``).

    Args:
        path: the workbook; cells are NFC text, trimmed; blank rows are left out.

    Raises:
        ProblemError: ``workbook-missing``, ``workbook-encrypted``, ``workbook-unreadable``,
            ``workbook-too-big``, ``workbook-unsafe``, ``workbook-formula-no-value``,
            ``workbook-no-survey``, ``workbook-no-header``, ``workbook-header-twice``.
    """
    form, cells = read_cells(path)
    sheets = {each.name.strip().lower(): _sheet(each.name, each.texts, path) for each in cells}
    workbook = Workbook(path, sheets, form, cells)
    if form == "xlsx" and (problems := formulas_without_value(path)):
        raise ProblemError([_under_header(each, cells) for each in problems])
    if not workbook.rows("survey"):
        raise ProblemError(_no_survey(workbook))
    if "type" not in workbook.sheets["survey"].headers:
        raise ProblemError(_no_headers(workbook))
    return workbook


def _under_header(problem: Problem, cells: Sequence[Cells]) -> Problem:
    """Name the column of a cell by its header, as every other problem does."""
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415 - for such cells only

    place = problem.place
    rows = next((each.texts for each in cells if each.name == place.sheet), ())
    headers = rows[0][1] if rows else ()
    at = column_index_from_string(place.column) - 1 if place.column else len(headers)
    header = headers[at] if at < len(headers) else ""
    return replace(problem, place=replace(place, column=header or place.column))


def _sheet(name: str, rows: Sequence[tuple[int, Sequence[str]]], path: Path) -> Sheet:
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


def _no_headers(workbook: Workbook) -> Problem:
    return Problem(
        "workbook-no-header",
        Text(
            vi="dòng đầu của trang survey không có cột «type»",
            en="the first row of the sheet survey has no column “type”",
        ),
        Text(
            vi="dòng đầu phải là type, name, label…; hãy chuyển tiêu đề trang trí sang trang khác",
            en="the first row has to be type, name, label…; move titles to another sheet",
        ),
        workbook.place("survey", 1),
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
