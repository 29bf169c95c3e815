"""What kind of file a workbook is, and whether it is safe to unpack, before anything is parsed."""

import re
import zipfile
import zlib
from pathlib import Path
from typing import Literal

from programme.problem import Place, Problem, ProblemError, Text

Format = Literal["xlsx", "xls", "csv"]
ZIP = b"PK\x03\x04"
# First bytes of the old container that Excel uses for .xls and for files with a password.
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream inside a file with a password
UNPACKED_AT_MOST = 500_000_000  # bytes; a file can claim to be small and unpack without end
TEXTS_AT_MOST = 30_000_000  # bytes of the table of texts, which is read whole
# a sheet of blank rows packs 100 to 1, a file made to burst 1000 to 1
SUSPECT_SIZE = 20_000_000
SUSPECT_RATIO = 300
PARTS_AT_MOST = 5000
CSV_AT_MOST = 50_000_000  # bytes
PROLOGUE = 65_536  # bytes in which a document type would stand
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
MACROS = "xl/vbaProject.bin"


def check_file(path: Path) -> Format:
    """Tell how a workbook is to be read, by its content rather than its name.

    Raises:
        ProblemError: ``workbook-missing``, ``workbook-encrypted``, ``workbook-unreadable``,
            ``workbook-too-big``, ``workbook-unsafe``.
    """
    if not path.is_file():
        raise ProblemError(_missing(path))
    try:
        with path.open("rb") as file:
            start = file.read(len(COMPOUND_FILE))
        if start == COMPOUND_FILE:
            if ENCRYPTED in path.read_bytes():
                raise ProblemError(encrypted(path))
            return "xls"
        if not start.startswith(ZIP) and path.suffix.lower() == ".csv":
            return _csv(path)
        _check_zip(path)
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        # zipfile says RuntimeError of parts with a password
        raise ProblemError(unreadable(path, type(error).__name__)) from error
    return "xlsx"


def has_macros(path: Path) -> bool:
    """Tell whether a workbook carries macros, which nothing here ever runs."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return MACROS in archive.namelist()


def _csv(path: Path) -> Format:
    size = path.stat().st_size
    if size > CSV_AT_MOST:
        raise ProblemError(too_big(path, size))
    return "csv"


def _check_zip(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        raise ProblemError(unreadable(path, "not a zip archive"))
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        unpacked = sum(each.file_size for each in parts)
        if unpacked > UNPACKED_AT_MOST or len(parts) > PARTS_AT_MOST or any(map(_bursts, parts)):
            raise ProblemError(too_big(path, unpacked))
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as file:
                    if _has_doctype(file.read(PROLOGUE)):
                        raise ProblemError(_unsafe(path, part.filename))


def _bursts(part: zipfile.ZipInfo) -> bool:
    if part.filename.endswith("sharedStrings.xml") and part.file_size > TEXTS_AT_MOST:
        return True
    ratio = part.file_size / max(part.compress_size, 1)
    return part.file_size > SUSPECT_SIZE and ratio > SUSPECT_RATIO


def _has_doctype(start: bytes) -> bool:
    plain = start.replace(b"\0", b"")  # UTF-16 hides nothing
    plain = _COMMENT.sub(b"", plain)
    head = re.split(rb"<[A-Za-z]", plain, maxsplit=1)[0]  # before the first element
    return bool(_DOCTYPE.search(head))


def _missing(path: Path) -> Problem:
    return Problem(
        "workbook-missing",
        Text(vi="không có tệp này", en="there is no such file"),
        Text(
            vi="hãy xem lại tên và thư mục của tệp Excel",
            en="check the name and folder of the workbook",
        ),
        Place(file=str(path)),
    )


def encrypted(path: Path) -> Problem:
    """Say that a workbook has a password."""
    return Problem(
        "workbook-encrypted",
        Text(vi="tệp có mật khẩu", en="the file has a password"),
        Text(
            vi="hãy mở bằng Excel, bỏ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc) "
            "và lưu lại dạng .xlsx",
            en="open it in Excel, remove the password (File → Info → Protect Workbook) "
            "and save it as .xlsx",
        ),
        Place(file=path.name),
    )


def too_big(path: Path, size: int) -> Problem:
    """Say that a workbook is far bigger than a form."""
    return Problem(
        "workbook-too-big",
        Text(
            vi=f"tệp bung ra {size // 1_000_000} MB, quá lớn cho một biểu mẫu",
            en=f"the file unpacks to {size // 1_000_000} MB, too big for a form",
        ),
        Text(
            vi="hãy xoá ảnh và các trang, các dòng thừa rồi lưu lại",
            en="delete pictures, sheets and rows that are not needed, and save it again",
        ),
        Place(file=path.name),
    )


def _unsafe(path: Path, part: str) -> Problem:
    return Problem(
        "workbook-unsafe",
        Text(
            vi=f"tệp chứa lệnh đọc tệp khác ({part}), Excel không bao giờ ghi như vậy",
            en=f"the file asks to read other files ({part}); Excel never writes that",
        ),
        Text(
            vi="đừng mở tệp này; hãy hỏi lại người gửi và lấy bản gốc",
            en="do not open it; ask who sent it for the original",
        ),
        Place(file=path.name),
    )


def unreadable(path: Path, why: str) -> Problem:
    """Say that a file is no workbook."""
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
