"""The programme that comes with the product, copied out for a person to edit."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from programme.folder import SETTINGS, Folder, shipped
from programme.problem import Place, Problem, ProblemError, Text

PATTERNS = (
    SETTINGS,
    "xlsforms/*.xlsx",
    "xlsforms/*.csv",
    "xlsforms/*.md",
    "connectors/checks.xlsx",
    "connectors/checks/*.sql",
    "connectors/registers/*.sql",
    "reports/indicators.xlsx",
    "reports/awards.xlsx",
    "reports/templates/*.docx",
)


def refuse_taken(target: Path) -> None:
    """Make sure that nothing lies where a programme is to be made.

    Raises:
        ProblemError: ``folder-not-empty``.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ProblemError(
            Problem(
                "folder-not-empty",
                Text(
                    vi="ở đây đã có tệp; không ghi đè lên",
                    en="there are files here already; nothing is overwritten",
                ),
                Text(vi="hãy chọn một thư mục mới", en="choose a new folder"),
                Place(file=str(target)),
            )
        )


def copy_programme(target: Path) -> int:
    """Copy every file that people edit into ``target``; give back how many there are.

    Raises:
        ProblemError: ``folder-not-empty`` if something already lies there.
    """
    refuse_taken(target)
    there = target.exists()
    try:
        return _copy(target)
    except BaseException:  # half a programme would be taken for a whole one
        for each in target.glob("*"):
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        if not there and target.exists():
            target.rmdir()
        raise


def _copy(target: Path) -> int:
    source = shipped()
    files = list(programme_files(source))
    for file in files:
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    folder = Folder(target)
    folder.private(folder.data)
    return len(files)


def programme_files(source: Path) -> Iterator[Path]:
    """List the files of a programme that people edit, none of what was collected."""
    for pattern in PATTERNS:
        yield from sorted(file for file in source.glob(pattern) if not file.name.startswith("~$"))
