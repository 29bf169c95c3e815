"""The machine: Java, LibreOffice, room on the disk, who may read the data."""

import os
import shutil
import stat
from collections.abc import Iterator

from forms.engine import jvm
from ishc.doctor.seen import Seen
from programme.folder import Folder
from programme.numbers import number
from programme.problem import Place, Problem, Text
from programme.tracked import tracked_data

OTHERS_MAY = 0o077
LEAST = 2_000_000_000  # bytes; a night of a large programme writes its tables anew beside the old
TIMES = 3  # so many times the store has to fit: its tables twice, and a backup


def look(folder: Folder) -> Iterator[Seen]:
    """Look at the machine."""
    yield Seen(
        Text(vi="Java (kiểm tra và điền thử biểu mẫu)", en="Java (to check and fill forms)"),
        tuple(_mild(each) for each in [jvm.missing()] if each),
    )
    yield Seen(Text(vi="LibreOffice (báo cáo PDF)", en="LibreOffice (reports as PDF)"), _office())
    yield Seen(Text(vi="chỗ trống trên ổ đĩa", en="room on the disk"), tuple(_room(folder)))
    yield Seen(
        Text(vi="thư mục data chỉ mình đọc được", en="data readable by its owner only"),
        (*_open(folder), *tracked_data(folder)),
    )


def _mild(problem: Problem) -> Problem:
    return Problem(problem.code, problem.what, problem.do, problem.place, "note")


def _office() -> tuple[Problem, ...]:
    if shutil.which("soffice") or shutil.which("libreoffice"):
        return ()
    return (
        Problem(
            "libreoffice-missing",
            Text(vi="máy này không có LibreOffice", en="this machine has no LibreOffice"),
            Text(
                vi="chỉ cần khi muốn báo cáo dạng PDF: cài từ libreoffice.org",
                en="needed for reports as PDF only: install it from libreoffice.org",
            ),
            severity="note",
        ),
    )


def _room(folder: Folder) -> Iterator[Problem]:
    store = folder.store.stat().st_size if folder.store.is_file() else 0
    needed = max(LEAST, TIMES * store)
    free = shutil.disk_usage(folder.root).free
    if free < needed:
        gigabytes = [each / 1e9 for each in (free, needed)]
        vi, en = ([number(each, language, 1) for each in gigabytes] for language in ("vi", "en"))
        yield Problem(
            "disk-nearly-full",
            Text(
                vi=f"ổ đĩa còn trống {vi[0]} GB, nên có ít nhất {vi[1]} GB",
                en=f"{en[0]} GB are free on the disk, at least {en[1]} GB should be",
            ),
            Text(vi="hãy giải phóng chỗ trước đêm sau", en="make room before the next night"),
            Place(file=str(folder.root)),
            "warning",
        )


def _open(folder: Folder) -> Iterator[Problem]:
    """Tell files of the data that others on this machine may read."""
    if os.name != "posix" or not folder.data.is_dir():
        return
    if not stat.S_IMODE(folder.data.stat().st_mode) & OTHERS_MAY:
        return
    yield Problem(
        "data-open",
        Text(
            vi="người khác dùng máy này đọc được thư mục số liệu",
            en="others on this machine may read the data",
        ),
        Text(vi=f"chmod 700 {folder.data}", en=f"chmod 700 {folder.data}"),
        Place(file=str(folder.data)),
    )
