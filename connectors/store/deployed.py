"""The workbooks that were in use: a copy of each version that a server ran.

Rows of old versions are read by them: a question that is gone keeps its column, a number that
became a decimal number fits.
"""

import re
from hashlib import sha256
from pathlib import Path

from forms.workbook import read_workbook
from programme.problem import ProblemError
from programme.writing import replacing

FOLDER = "deployed"
_NUMBERED = re.compile(r"[0-9]{4,}")


def keep_workbook(data: Path, form: str, workbook: Path) -> Path:
    """Keep a copy of a workbook that a server runs now; one that says the same is kept once.

    Args:
        data: the programme's folder of that name.
        form: name in ``ishc.toml``.
        workbook: the ``.xlsx``.
    """
    kept = kept_workbooks(data, form)
    says = _says(workbook)
    target = data / FOLDER / form
    for folder in (target.parent, target):  # parents=True would let others read the outer one
        folder.mkdir(mode=0o700, exist_ok=True)
    newest = int(kept[0].stem) if kept else 0
    for number, path in enumerate(kept):
        if _says(path) == says:
            if number == 0:
                return path
            return path.replace(target / f"{newest + 1:04d}.xlsx")  # in use again
    made = target / f"{newest + 1:04d}.xlsx"
    with replacing(made) as whole:
        whole.write(workbook.read_bytes())
    return made


def _says(workbook: Path) -> str:
    """Give a mark of what the cells say: saving a file again changes its bytes."""
    try:
        return read_workbook(workbook).digest
    except ProblemError:
        return sha256(workbook.read_bytes()).hexdigest()


def kept_workbooks(data: Path, form: str) -> list[Path]:
    """Give the copies of a form's workbooks, the one in use last first."""
    found = (data / FOLDER / form).glob("*.xlsx")
    numbered = [path for path in found if _NUMBERED.fullmatch(path.stem)]
    return sorted(numbered, key=lambda path: int(path.stem), reverse=True)
