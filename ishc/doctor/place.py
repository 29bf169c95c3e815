"""Where the programme lies: not in a folder that a cloud copies, private, its path not too long."""

import os
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath

from ishc.doctor.seen import Seen
from programme.folder import Folder
from programme.problem import Place, Problem, Text
from programme.text import fold

LONGEST_PATH = 259  # what programs of Windows take, unless it was told otherwise
OURS = 140  # letters of the longest path that we make below the folder
# programs that copy a folder to servers abroad, by a part of the path, without marks and case
CLOUDS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
}
SIXTY_FOUR = 2**32


def look(folder: Folder) -> Iterator[Seen]:
    """Look at the installation and at the folder."""
    what = f"ishc {_version()}, Python {'.'.join(map(str, sys.version_info[:3]))}"
    yield Seen(Text(vi=what, en=what), tuple(_python()))
    found = [*in_cloud(folder.root), *with_windows(folder.root, Path.home(), os.name == "nt")]
    yield Seen(Text(vi="nơi đặt thư mục", en="where the folder lies"), tuple(found))


def _version() -> str:
    try:
        return version("ishc-collect")
    except PackageNotFoundError:  # run from a clone that was not installed
        return "–"


def _python() -> Iterator[Problem]:
    if sys.maxsize < SIXTY_FOUR:
        yield Problem(
            "python-32-bit",
            Text(vi="đây là Python 32 bit", en="this is a 32-bit Python"),
            Text(
                vi="hãy cài Python 64 bit; bản 32 bit không đủ bộ nhớ cho nhiều số liệu",
                en="install the 64-bit Python; this one has no room for many data",
            ),
            severity="warning",
        )


def in_cloud(root: PurePath) -> Iterator[Problem]:
    """Warn of a folder that is copied to somebody else's servers, names and all."""
    parts = [fold(part) for part in root.parts]
    name = next((CLOUDS[each] for each in CLOUDS if any(each in part for part in parts)), "")
    if name:
        yield Problem(
            "folder-in-cloud",
            Text(
                vi=f"thư mục này nằm trong {name}: số liệu có tên người được chép ra ngoài, và kho "
                "dữ liệu có thể hỏng khi đang ghi mà bị chép",
                en=f"this folder lies in {name}: names of people are copied elsewhere, and "
                "the store may be damaged when it is copied while it is written",
            ),
            Text(
                vi="hãy chuyển cả thư mục ra ngoài, ví dụ vào C:\\ishc hay thư mục của mình; sao "
                "lưu bằng ishc backup (có khóa)",
                en="move the whole folder out, for example to C:\\ishc or your home folder; make "
                "copies with ishc backup (locked)",
            ),
            Place(file=str(root)),
            "warning",
        )


def with_windows(root: PurePath, home: PurePath, windows: bool) -> Iterator[Problem]:
    """Tell what only Windows minds.

    Args:
        root: the programme's folder.
        home: the person's own folder, which others on the machine may not read.
        windows: whether this is Windows.
    """
    if not windows:
        return
    if len(str(root)) + OURS > LONGEST_PATH:
        yield Problem(
            "folder-path-long",
            Text(
                vi=f"đường dẫn của thư mục dài {len(str(root))} chữ; Windows chỉ nhận cả tệp là "
                f"{LONGEST_PATH}",
                en=f"the folder's path has {len(str(root))} letters; Windows takes {LONGEST_PATH} "
                "with the file",
            ),
            Text(
                vi="hãy chuyển thư mục lên gần gốc ổ đĩa, ví dụ C:\\ishc",
                en="move the folder nearer to the drive, for example C:\\ishc",
            ),
            Place(file=str(root)),
            "warning",
        )
    if not root.is_relative_to(home):
        yield Problem(
            "folder-shared",
            Text(
                vi="thư mục không nằm trong thư mục riêng của người dùng Windows này",
                en="the folder does not lie in the own folder of this Windows user",
            ),
            Text(
                vi=f"người khác dùng máy có thể đọc được: chuyển vào {home}, hoặc trong Properties "
                "→ Security chỉ để lại tên mình",
                en=f"others on this machine may read it: move it into {home}, or leave only "
                "yourself in Properties → Security",
            ),
            Place(file=str(root)),
            "note",
        )
