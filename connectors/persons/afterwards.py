"""What was made of the data before somebody was erased or restricted: made again, or removed."""

import hashlib
import shutil
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from connectors.persons.search import files_with
from connectors.reconcile.lists import write_lists
from connectors.reconcile.run import reconcile
from connectors.store.runs import read_current
from forms.tables import FormSchema
from programme.folder import Folder
from programme.progress import Progress, silent
from programme.settings import Settings

COMMUNE_DIGITS = 5
# made by commands, so they can be made again; what was answered in workbooks is in the store
_MADE = ("reports", "exports", "people", "findings")


def make_again(
    settings: Settings, folder: Folder, as_of: date, progress: Progress = silent
) -> frozenset[str]:
    """Make registers, findings and lists anew, and remove the run before with all exports.

    Answers that people typed into workbooks of findings are read before these are written anew.

    Returns:
        Names of the lists for phones that are others now.
    """
    before = _lists(folder)
    reconcile(settings, folder, as_of, rebuild=True, progress=progress)
    current = read_current(folder)
    for parent in (folder.tables, folder.identified):
        for run in parent.iterdir():
            if run.is_dir() and current is not None and run.name != current.run:
                shutil.rmtree(run)
    shutil.rmtree(folder.exports, ignore_errors=True)
    (folder.data / "decisions-before.xlsx").unlink(missing_ok=True)
    write_lists(folder)
    after = _lists(folder)
    return frozenset(name for name in {*before, *after} if before.get(name) != after.get(name))


def remove_files(
    folder: Folder, words: Sequence[str], *, only_made: bool = False
) -> tuple[list[Path], list[Path]]:
    """Remove reports and other files of commands that name the person, name what else does.

    Args:
        words: name and telephone number as they were written.
        only_made: look at nothing else; the data themselves stay.

    Returns:
        Files that were removed; files that a person has to look at.
    """
    removed, left = [], []
    places = [folder.data / name for name in _MADE]
    for path in files_with(folder, words, places if only_made else [folder.data]):
        if any(path.is_relative_to(place) for place in places):
            path.unlink()
            removed.append(path)
        else:
            left.append(path)
    return removed, left


def to_publish(
    settings: Settings, schemas: Sequence[FormSchema], lists: Collection[str], club: str
) -> list[str]:
    """Name the forms on whose phones a list is another now: to be published again.

    Args:
        lists: names of the files.
        club: whose people they are about.

    Returns:
        ``form`` or ``form (source)``.
    """
    named = []
    commune = club[:COMMUNE_DIGITS]
    for schema in schemas:
        used = {column.list_file for table in schema.tables for column in table.columns}
        form = settings.forms.get(schema.form_id)
        if form is None or not used & set(lists):
            continue
        for source in form.sources:
            # a source of a whole province may have the club: its communes are not looked up here
            its = [each for each in source.areas if len(each) < COMMUNE_DIGITS or each == commune]
            if its or not source.areas:
                several = len(form.sources) > 1
                named.append(f"{form.name} ({source.name})" if several else form.name)
    return named


def _lists(folder: Folder) -> Mapping[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.lists.glob("*.csv")
    }
