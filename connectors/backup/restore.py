"""Brings a programme back from its backup, in a new folder."""

import os
import shutil
from datetime import date
from pathlib import Path

from connectors.backup.erasures import NAME as ERASURES
from connectors.backup.erasures import (
    RESTRICTIONS,
    erase_again,
    read_erasures,
    restrict_again,
)
from connectors.backup.manifest import Manifest
from connectors.backup.problems import erasures_unreadable, expired, not_empty
from connectors.backup.read import Opener, unpack
from connectors.store.faults import told
from programme.folder import Folder
from programme.progress import Progress, silent


def restore(
    path: Path,
    target: Path,
    opener: Opener,
    *,
    today: date,
    erasures: Path | None = None,
    expired_too: bool = False,
    progress: Progress = silent,
) -> Manifest:
    """Unpack a backup beside its place and rename it when every file is as it was.

    Args:
        path: the backup.
        target: a new folder, or an empty one.
        opener: gives the key.
        today: a backup is not brought back after its day, unless ``expired_too``.
        erasures: the list of people erased since; the one beside the backup if None.

    Raises:
        ProblemError: ``folder-not-empty``, ``backup-expired``, ``erasures-unreadable``, problems
            of the backup; nothing is left of it then.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise not_empty(target)
    beside = target.resolve().with_name(f".{target.resolve().name}.restoring")
    with told(target):
        beside.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(mode=0o700)
        try:
            manifest = unpack(path, opener, beside, progress)
            if today > manifest.expires and not expired_too:
                raise expired(path, manifest.expires)
            folder = Folder(beside)
            _erase_again(folder, erasures or path.with_name(ERASURES))
            folder.private(folder.data)
            for each in folder.data.rglob("*"):
                if each.is_dir() and os.name == "posix":
                    each.chmod(0o700)
            if target.exists():
                target.rmdir()
            beside.rename(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return manifest


def _erase_again(folder: Folder, listed: Path) -> None:
    if not folder.store.is_file():
        return
    try:
        entries = read_erasures(listed) if listed.is_file() else ()
        restrict_again(folder, listed.with_name(RESTRICTIONS))
    except ValueError as error:
        raise erasures_unreadable(listed) from error
    if entries:
        erase_again(folder, entries)
