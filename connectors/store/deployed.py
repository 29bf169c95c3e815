"""The workbooks that were in use: a copy of each version that a server ran.

Rows of old versions are read by them: a question that is gone keeps its column, a number that
became a decimal number fits.
"""

import re
from pathlib import Path

from programme.folder import Folder
from programme.writing import replacing

FOLDER = "deployed"
_NUMBERED = re.compile(r"[0-9]{4,}")


def keep_workbook(folder: Folder, form: str, workbook: Path) -> Path:
    """Keep a copy of a workbook that a server runs now; the same one is kept once.

    Args:
        folder: the programme.
        form: name in ``ishc.toml``.
        workbook: the ``.xlsx``.
    """
    kept = kept_workbooks(folder, form)
    content = workbook.read_bytes()
    target = folder.private(folder.private(folder.data / FOLDER) / form)
    newest = int(kept[0].stem) if kept else 0
    for number, path in enumerate(kept):
        if path.read_bytes() == content:
            if number == 0:
                return path
            return path.replace(target / f"{newest + 1:04d}.xlsx")  # in use again
    made = target / f"{newest + 1:04d}.xlsx"
    with replacing(made) as whole:
        whole.write(content)
    return made


def kept_workbooks(folder: Folder, form: str) -> list[Path]:
    """Give the copies of a form's workbooks, the one in use last first."""
    found = (folder.data / FOLDER / form).glob("*.xlsx")
    numbered = [path for path in found if _NUMBERED.fullmatch(path.stem)]
    return sorted(numbered, key=lambda path: int(path.stem), reverse=True)
