"""Figures of the whole programme: over all of them it is decided what public versions hide."""

from collections.abc import Sequence
from dataclasses import replace

from programme.dates import Month
from reports import registers
from reports.closed_figures import with_closed
from reports.indicators.compute import compute
from reports.indicators.definitions import Definitions
from reports.indicators.engines import engine_of
from reports.indicators.figures import COUNTRY, Figures, Level
from reports.periods import Period
from reports.privacy_counts import counted_in
from reports.privacy_periods import Withheld, with_periods_inside, withheld_in
from reports.sources import Sources

ALL_LEVELS: tuple[Level, ...] = ("country", "kind", "province", "commune", "club")


def withheld(sources: Sources, periods: Sequence[Period]) -> Withheld:
    """Choose what public reports of some periods do not show.

    It is chosen over every area and figure of the programme and the periods inside, whatever
    reports are asked for.
    """
    begun, until = registers.begun(sources.tables), Month.of(sources.as_of)
    definitions = sources.definitions
    counted = counted_in(definitions)
    needed = replace(
        definitions, indicators=tuple(filter(counted.concerns, definitions.indicators))
    )
    inside = with_periods_inside(periods, begun, until)
    return withheld_in(everywhere(sources, inside, needed), definitions)


def everywhere(
    sources: Sources, periods: Sequence[Period], definitions: Definitions | None = None
) -> Figures:
    """Compute some periods for all areas of the programme; closed ones are as they were closed.

    Args:
        definitions: other than those of the workbook.
    """
    figures = compute(
        definitions or sources.definitions,
        sources.tables,
        sources.areas,
        periods,
        sources.as_of,
        levels=ALL_LEVELS,
        within=COUNTRY,
        engine=engine_of(sources.settings.indicators),
    )
    return with_closed(figures, sources.folder, sources.areas)
