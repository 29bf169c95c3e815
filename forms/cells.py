"""The cells of any Excel workbook as text, and why a file is no such workbook."""

import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from programme.problem import Place, Problem, ProblemError, Text

# First bytes of the old container that Excel uses for .xls and for files with a password.
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNPACKED_AT_MOST = 500_000_000  # bytes; a file can claim to be small and unpack without end
BLANK_ROWS_AT_MOST = 1000  # a sheet formatted down to row 1,048,576 ends here


def read_cells(path: Path) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """Read any workbook's cells as text: each sheet's name and its rows that are not blank.

    Raises:
        ProblemError: ``workbook-missing``, ``workbook-encrypted``, ``workbook-unreadable``,
            ``workbook-too-big``.
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
    try:
        with path.open("rb") as file:
            start = file.read(len(COMPOUND_FILE))
        unpacked = _unpacked_size(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise ProblemError(_unreadable(path, type(error).__name__)) from error
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
    if unpacked is None:
        raise ProblemError(_unreadable(path, "not a zip archive"))
    if unpacked > UNPACKED_AT_MOST:
        raise ProblemError(
            Problem(
                "workbook-too-big",
                Text(
                    vi=f"tệp bung ra {unpacked // 1_000_000} MB, quá lớn cho một biểu mẫu",
                    en=f"the file unpacks to {unpacked // 1_000_000} MB, too big for a form",
                ),
                Text(
                    vi="hãy xoá ảnh và các trang, các dòng thừa rồi lưu lại",
                    en="delete pictures, sheets and rows that are not needed, and save it again",
                ),
                Place(file=path.name),
            )
        )


def _unpacked_size(path: Path) -> int | None:
    """Add up what a zip archive says it unpacks to; None when it is none."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as archive:
        return sum(each.file_size for each in archive.infolist())


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
