"""Figures of the whole programme: over all of them it is decided what public versions hide."""

from collections.abc import Sequence

from reports.closed_figures import with_closed
from reports.indicators.compute import compute
from reports.indicators.engines import engine_of
from reports.indicators.figures import COUNTRY, Figures, Level
from reports.periods import Period
from reports.sources import Sources

ALL_LEVELS: tuple[Level, ...] = ("country", "kind", "province", "commune", "club")


def everywhere(sources: Sources, periods: Sequence[Period]) -> Figures:
    """Compute some periods for all areas of the programme; closed ones are as they were closed."""
    figures = compute(
        sources.definitions,
        sources.tables,
        sources.areas,
        periods,
        sources.as_of,
        levels=ALL_LEVELS,
        within=COUNTRY,
        engine=engine_of(sources.settings.indicators),
    )
    return with_closed(figures, sources.folder, sources.areas)
