"""Norms of the forms that the program itself needs: ``xlsforms/norms.csv``."""

import csv
from functools import lru_cache
from pathlib import Path

from programme.folder import Folder

GUARDIAN_AGE = 16  # years, where a programme has no norm: uncertain, a setting of this programme


def guardian_age(folder: Folder) -> int:
    """Give the age below which a guardian consents, as the forms have it."""
    path = folder.media("norms.csv")
    if path is None:
        return GUARDIAN_AGE
    read = _norms(path, path.stat().st_mtime_ns).get("guardian_age", "")
    return int(read) if read.isdigit() else GUARDIAN_AGE


@lru_cache(maxsize=4)
def _norms(path: Path, _: int) -> dict[str, str]:
    # a list saved by Excel in another encoding is told by forms check, and holds up no pull
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return {row.get("name") or "": row.get("value") or "" for row in csv.DictReader(file)}
