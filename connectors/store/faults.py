"""What can be wrong with the store, told in both languages with what to do about it."""

import errno
import os
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
    except (sqlite3.Error, OSError) as error:
        code = _code(error)
        if code is None:
            raise
        raise store_fault(code, path) from error


def disk_fault(error: BaseException, data: Path) -> ProblemError | None:
    """Find out whether a full disk, or one that may not be written to, is behind a failure.

    Libraries make errors of their own of it, so what came before the error is looked at, too.

    Args:
        data: the programme's ``data/``: what fails in there is the store's.

    Returns:
        The problem, or None when the failure is another one.
    """
    each: BaseException | None = error
    while each is not None:
        if isinstance(each, (sqlite3.Error, OSError)) and (code := _code(each)):
            named = getattr(each, "filename2", None) or getattr(each, "filename", None)
            return _of_disk(code, Path(os.fsdecode(named)) if named else None, data)
        each = each.__cause__ or each.__context__
    return None


def _of_disk(code: str, path: Path | None, data: Path) -> ProblemError:
    ours = path is None or path.resolve().is_relative_to(data.resolve())
    place = Place(file=str(path or data))
    if code != "store-readonly":
        what, do = _FAULTS[code]
        return ProblemError(Problem(code, what, do, place), Exit.STORE)
    return ProblemError(
        Problem(
            "not-permitted",
            Text(
                vi="chương trình không được phép đọc hoặc ghi ở đây",
                en="this program may not read or write here",
            ),
            Text(
                vi="hãy kiểm tra quyền của thư mục và ổ đĩa, đóng tệp nếu đang mở ở chương trình "
                "khác, hoặc chọn thư mục khác",
                en="check the rights of the folder and the disk, close the file if another program "
                "has it open, or choose another folder",
            ),
            place,
        ),
        Exit.STORE if ours else Exit.INPUT,
    )


def _code(error: sqlite3.Error | OSError) -> str | None:
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno or 0)
    return _SQLITE.get((getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY)
