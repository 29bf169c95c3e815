"""Figures computed once and kept in ``data/figures``, for all that prints them afterwards.

They are taken only where everything that figures come from is still the same; what does not fit,
or is damaged, is computed anew.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from programme.folder import Folder
from reports.batch_inputs import keys_of_all
from reports.indicators.area_tree import COUNTRY
from reports.indicators.figures import Figures
from reports.made import digest_of, key_of
from reports.sources import Extent, Sources, compute_extent

_NOTE = "kept.json"


def keep_figures(sources: Sources, extent: Extent) -> Figures:
    """Compute figures and keep them, in place of those kept before."""
    figures = compute_extent(sources, extent)
    place = _place(sources.folder)
    new = place.with_name("kept.new")
    sources.folder.private(place.parent)
    shutil.rmtree(new, ignore_errors=True)
    try:
        figures.save(new)
        note = {
            "made_from": _made_from(sources),
            "periods": [each.name for each in extent.periods],
            "levels": list(extent.levels),
            "within": extent.within,
            "files": {path.name: digest_of(path) for path in sorted(new.iterdir())},
        }
        (new / _NOTE).write_text(json.dumps(note, indent=1), encoding="utf-8")
        shutil.rmtree(place, ignore_errors=True)
        new.rename(place)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return figures


def figures_for(sources: Sources, extent: Extent) -> Figures:
    """Give figures: those that are kept where they hold all that is asked for, else computed."""
    return _kept(sources, extent) or compute_extent(sources, extent)


def joined(sources: Sources, extents: Sequence[Extent]) -> Extent:
    """Give an extent that holds several.

    Args:
        extents: one or more.
    """
    communes = sources.areas.communes
    within = {each.within for each in extents}
    provinces = {communes[each].province if each in communes else each for each in within}
    if len(within) > 1:
        within = provinces if len(provinces) == 1 else {COUNTRY}
    periods = {period.name: period for each in extents for period in each.periods}
    levels = {level for each in extents for level in each.levels}
    return Extent(tuple(periods.values()), tuple(sorted(levels)), within.pop())


def _kept(sources: Sources, extent: Extent) -> Figures | None:
    place = _place(sources.folder)
    try:
        note = json.loads((place / _NOTE).read_text(encoding="utf-8"))
        if not _holds(note, sources, extent):
            return None
        if any(digest_of(place / name) != digest for name, digest in note["files"].items()):
            return None
        return Figures.load(place)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # damaged
        return None


def _holds(note: dict[str, Any], sources: Sources, extent: Extent) -> bool:
    within = note["within"]
    commune = sources.areas.communes.get(extent.within)
    around = {COUNTRY, extent.within, commune.province if commune else extent.within}
    return (
        note["made_from"] == _made_from(sources)
        and within in around
        and {each.name for each in extent.periods} <= set(note["periods"])
        and set(extent.levels) <= set(note["levels"])
    )


def _made_from(sources: Sources) -> str:
    return key_of(keys_of_all(sources))


def _place(folder: Folder) -> Path:
    return folder.data / "figures" / "kept"
