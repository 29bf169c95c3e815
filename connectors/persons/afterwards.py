"""What was made of the data before an erasure: made again, or removed."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from connectors.persons.search import files_with
from connectors.reconcile.lists import write_lists
from connectors.reconcile.run import reconcile
from connectors.store.runs import read_current
from programme.folder import Folder
from programme.progress import Progress, silent
from programme.settings import Settings


def make_again(
    settings: Settings, folder: Folder, as_of: date, progress: Progress = silent
) -> None:
    """Make registers, findings and lists anew, and remove the run before with all exports.

    Answers that people typed into workbooks of findings are read before these are written anew.
    """
    reconcile(settings, folder, as_of, rebuild=True, progress=progress)
    current = read_current(folder)
    for parent in (folder.tables, folder.identified):
        for run in parent.iterdir():
            if run.is_dir() and current is not None and run.name != current.run:
                shutil.rmtree(run)
    shutil.rmtree(folder.exports, ignore_errors=True)
    (folder.data / "decisions-before.xlsx").unlink(missing_ok=True)
    write_lists(folder)


def remove_files(folder: Folder, words: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """Remove finished reports that name the person, and name what else still does.

    Args:
        words: name and telephone number as they were written.

    Returns:
        Reports that were removed; files that a person has to look at.
    """
    removed, left = [], []
    for path in files_with(folder, words):
        if path.is_relative_to(folder.reports):
            path.unlink()
            removed.append(path)
        else:
            left.append(path)
    return removed, left
