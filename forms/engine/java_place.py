"""Paths and letters that Java can read when it starts, before it knows of Unicode.

Java takes the path of its own runtime in the letters of the system: on Windows in the code page,
which has no “ễ”; on Linux in those that ``LC_ALL`` names. With others it ends the whole process.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from programme.problem import Place, Problem, ProblemError, Text

_LOCALE = "C.UTF-8"


def readable(
    path: Path,
    *,
    windows: bool = os.name == "nt",
    shorter: Callable[[str], str] | None = None,
    page: str = "mbcs",
) -> str:
    """Give a path as Java can read it.

    Args:
        path: of the runtime or a jar.
        windows: whether this is Windows; elsewhere the path stays as it is.
        shorter: gives the short name that Windows keeps beside a long one (``NGUYNT~1``).
        page: the code page of the system.

    Raises:
        ProblemError: ``java-path`` where Windows keeps no short names.
    """
    written = str(path)
    if not windows or _holds(page, written):
        return written
    short = (shorter or _short)(written)
    if short and _holds(page, short):
        return short
    raise ProblemError(_letters(path))


@contextmanager
def letters_known() -> Iterator[None]:
    """Have Java read paths as UTF-8 while it starts, whatever ``LC_ALL`` says."""
    before = os.environ.get("LC_ALL")
    if os.name != "posix" or before is None or "utf" in before.lower():
        yield
        return
    os.environ["LC_ALL"] = _LOCALE
    try:
        yield
    finally:
        os.environ["LC_ALL"] = before


def _holds(page: str, text: str) -> bool:
    try:
        return text.isascii() or text.encode(page).decode(page) == text
    except UnicodeError:
        return False


def _short(path: str) -> str:
    import ctypes  # noqa: PLC0415 - only on Windows

    room = ctypes.create_unicode_buffer(32_768)  # the longest path of Windows
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - types know it on Windows only
    return room.value if kernel.GetShortPathNameW(path, room, len(room)) else ""


def _letters(path: Path) -> Problem:
    return Problem(
        "java-path",
        Text(
            vi="Java trên Windows không đọc được đường dẫn có chữ Việt này",
            en="Java on Windows cannot read this path for its letters",
        ),
        Text(
            vi="hãy cài lại chương trình vào thư mục không dấu, ví dụ C:\\ishc; thư mục số liệu "
            "thì để đâu cũng được",
            en="install the program into a folder of plain letters, such as C:\\ishc; the folder "
            "of your data may lie anywhere",
        ),
        Place(file=str(path)),
    )
