"""Brings a programme back from its backup, in a new folder."""

import os
import shutil
from datetime import date
from pathlib import Path

from connectors.backup.manifest import Manifest
from connectors.backup.problems import expired, not_empty
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
    expired_too: bool = False,
    progress: Progress = silent,
) -> Manifest:
    """Unpack a backup beside its place and rename it when every file is as it was.

    Args:
        path: the backup.
        target: a new folder, or an empty one.
        opener: gives the key.
        today: a backup is not brought back after its day, unless ``expired_too``.

    Raises:
        ProblemError: ``folder-not-empty``, ``backup-expired``, problems of the backup; nothing is
            left of it then.
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
