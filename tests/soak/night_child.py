"""A night in a process of its own, at a moment that the test gives, so that it can be killed.

The product reads the clock in one way, ``datetime.now``; its modules are handed a ``datetime``
that is ahead or behind. Nothing else of the process is touched.
"""

import ctypes
import os
import resource
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from ishc.cli import main

ROOMS = ("programme", "forms", "connectors", "reports", "ishc")
COMMANDS = ("nightly", "pull", "reconcile", "push", "publish", "indicators", "report", "backup")
for _name in (
    *(f"ishc.commands.{each}" for each in COMMANDS),
    "ishc.reports_made",
    "reports.batch",
):
    import_module(_name)
for _name in ("periodic", "data_quality", "without_club"):
    import_module(f"reports.content.{_name}")
import_module("ishc.nightly.figures")

_NEW_MOUNTS, _NEW_USERS = 0x00020000, 0x10000000
_FILLER = "filler"


def night(root: Path, moment: datetime, said: Path, room: int | None = None) -> None:
    """Run ``ishc nightly``; end with its status.

    Args:
        moment: what the clock shows when it begins.
        said: gets what it prints.
        room: bytes that are free on the disk of ``data/``; None for all there is.
    """
    with said.open("wb") as file:
        for number in (1, 2):
            os.dup2(file.fileno(), number)
    _set_clock(moment - datetime.now(moment.tzinfo))
    if room is not None:
        _small_disk(root, room)
    status: Any = 0
    try:
        main(["-C", str(root), "--lang", "en", "nightly"])
    except SystemExit as ended:
        status = ended.code or 0
    if room is not None:
        _bring_back(root)
    used = resource.getrusage(resource.RUSAGE_SELF)
    said.with_suffix(".cpu").write_text(str(used.ru_utime + used.ru_stime))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


class _Kind(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


def _set_clock(ahead: timedelta) -> None:
    class Shown(datetime, metaclass=_Kind):
        """What the product takes for the clock."""

        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override] # a plain one
            return datetime.now(tz) + ahead

    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ROOMS and getattr(module, "datetime", None) is datetime:
            module.datetime = Shown  # type: ignore[attr-defined] # whatever the module is


def _small_disk(root: Path, room: int) -> None:
    """Let ``data/`` lie on a disk of its own, full but for some room; only this process sees it."""
    data, disk = root / "data", root / "disk"
    users = (os.getuid(), os.getgid())
    if ctypes.CDLL(None, use_errno=True).unshare(_NEW_MOUNTS | _NEW_USERS):
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    for name, number in zip(("uid_map", "gid_map"), users, strict=True):
        Path(f"/proc/self/{name}").write_text(f"0 {number} 1")
    disk.mkdir()
    size = _size(data) + room + 4_000_000
    _run("mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "none", str(disk))
    _run("cp", "-a", f"{data}/.", str(disk))
    with suppress(OSError), (disk / _FILLER).open("wb", 0) as file:
        while True:
            file.write(bytes(65536))
    with (disk / _FILLER).open("rb+") as file:
        file.truncate(max(0, (disk / _FILLER).stat().st_size - room))
    _run("mount", "--bind", str(disk), str(data))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size + 4096 for path in folder.rglob("*"))


def _bring_back(root: Path) -> None:
    """Copy what lies on the small disk to where others can see it."""
    (root / "data" / _FILLER).unlink(missing_ok=True)
    shutil.rmtree(root / "data.after", ignore_errors=True)
    _run("cp", "-a", str(root / "data"), str(root / "data.after"))


def _run(*words: str) -> None:
    subprocess.run(words, check=True)
