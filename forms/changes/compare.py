"""Two versions of a form, compared: ``ishc forms changes OLD NEW``."""

from collections.abc import Callable, Iterator
from pathlib import Path

from forms.changes import (
    cells,
    choices,
    classes,
    columns,
    existence,
    labels,
    lists,
    moves,
    settings,
    value_types,
)
from forms.changes.change import KINDS, Change, Changes
from forms.changes.form import read_form
from forms.changes.pairs import Versions, pair_up

COMPARISONS: tuple[Callable[[Versions], Iterator[Change]], ...] = (
    settings.form_id,
    settings.sending,
    settings.version,
    settings.title,
    settings.languages,
    existence.renamed,
    existence.removed,
    existence.added,
    moves.moved,
    moves.recalled,
    value_types.retyped,
    value_types.computed,
    value_types.unit,
    classes.reclassed,
    classes.unmasked,
    labels.reworded,
    choices.choices,
    lists.other_list,
    lists.media,
    columns.columns_gone,
    cells.cells,
)
_SHEETS = ("settings", "survey", "choices")


def compare_forms(old: Path, new: Path) -> Changes:
    """Tell what a new version of a form does to data that the old one collected.

    Neither Java nor pyxform is needed.

    Args:
        old: the workbook that phones in the field have.
        new: the workbook that is to replace it.

    Raises:
        ProblemError: what keeps either workbook from being read, with sheet and row.
    """
    names = _names(old, new)
    versions = pair_up(read_form(old, names[0]), read_form(new, names[1]))
    found = [change for compare in COMPARISONS for change in compare(versions)]
    return Changes(old, new, tuple(sorted(found, key=_order)))


def _names(old: Path, new: Path) -> tuple[str, str]:
    """Call the files so that a person can tell them apart."""
    if old.name != new.name:
        return old.name, new.name
    folders = old.resolve().parent.name, new.resolve().parent.name
    if folders[0] != folders[1]:
        return f"{folders[0]}/{old.name}", f"{folders[1]}/{new.name}"
    return str(old), str(new)


def _order(change: Change) -> tuple[int, int, int, str, str, str]:
    sheet = (change.place.sheet or "").strip().lower()
    return (
        KINDS.index(change.kind),
        _SHEETS.index(sheet) if sheet in _SHEETS else len(_SHEETS),
        change.place.row or 0,
        change.code,
        change.question or "",
        change.what.en,
    )
