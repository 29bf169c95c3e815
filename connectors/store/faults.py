"""What can be wrong with the store, told in both languages with what to do about it."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from programme.problem import Exit, Place, Problem, ProblemError, Text

_FAULTS: dict[str, tuple[Text, Text]] = {
    "store-full": (
        Text(vi="ổ đĩa đã đầy", en="the disk is full"),
        Text(
            vi="hãy giải phóng chỗ trên ổ đĩa rồi chạy lại; phần đã lưu vẫn còn nguyên",
            en="make room on the disk and run it again; what was stored is whole",
        ),
    ),
    "store-readonly": (
        Text(
            vi="không được ghi vào kho dữ liệu",
            en="the store cannot be written to",
        ),
        Text(
            vi="hãy kiểm tra quyền ghi của thư mục data/ và ổ đĩa",
            en="check that you may write to the folder data/ and to the disk",
        ),
    ),
    "store-busy": (
        Text(
            vi="một lần tải dữ liệu khác đang chạy",
            en="another pull is running",
        ),
        Text(
            vi="hãy đợi lần đó xong rồi chạy lại",
            en="wait until it is done and run this again",
        ),
    ),
    "store-newer": (
        Text(
            vi="kho dữ liệu do một phiên bản mới hơn của chương trình này tạo ra",
            en="the store was written by a newer version of this program",
        ),
        Text(
            vi="hãy cập nhật: pip install --upgrade ishc-collect",
            en="update: pip install --upgrade ishc-collect",
        ),
    ),
    "store-damaged": (
        Text(
            vi="tệp kho dữ liệu bị hỏng hoặc không phải kho của chương trình này",
            en="the store's file is damaged, or not a store of this program",
        ),
        Text(
            vi="hãy đổi tên tệp đó và lấy bản sao lưu, hoặc tải lại tất cả từ máy chủ",
            en="rename that file and take your backup, or pull everything again",
        ),
    ),
}

_SQLITE = {
    sqlite3.SQLITE_FULL: "store-full",
    sqlite3.SQLITE_READONLY: "store-readonly",
    sqlite3.SQLITE_CANTOPEN: "store-readonly",
    sqlite3.SQLITE_PERM: "store-readonly",
    sqlite3.SQLITE_IOERR: "store-full",
    sqlite3.SQLITE_BUSY: "store-busy",
    sqlite3.SQLITE_LOCKED: "store-busy",
    sqlite3.SQLITE_CORRUPT: "store-damaged",
    sqlite3.SQLITE_NOTADB: "store-damaged",
}
_SYSTEM = {
    errno.ENOSPC: "store-full",
    errno.EDQUOT: "store-full",
    errno.EFBIG: "store-full",
    errno.EROFS: "store-readonly",
    errno.EACCES: "store-readonly",
    errno.EPERM: "store-readonly",
}
_PRIMARY = 0xFF  # SQLite's extended codes hold the plain one in the last byte


def store_fault(code: str, path: Path) -> ProblemError:
    """Make the exception for one kind of failure of the store."""
    what, do = _FAULTS[code]
    return ProblemError(Problem(code, what, do, Place(file=path.name)), Exit.STORE)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn failures of SQLite and of the disk inside into problems of the store.

    Args:
        path: the file or folder that is worked on.

    Raises:
        ProblemError: with ``Exit.STORE``. A failure that nobody can mend stays what it is.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = _SQLITE.get((getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY)
        if code is None:
            raise
        raise store_fault(code, path) from error
    except OSError as error:
        system = _SYSTEM.get(error.errno or 0)
        if system is None:
            raise
        raise store_fault(system, path) from error
