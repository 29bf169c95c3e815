"""What all reports of a run are made from: read once, handed to every report and every worker."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from connectors.store.ledger import position
from connectors.store.raw import RawStore
from connectors.store.tables import TableSet, open_tables
from programme.areas import Areas, load_areas
from programme.folder import Folder
from programme.settings import Settings
from reports import registers
from reports.catalogue import Report
from reports.indicators.area_facts import with_area_facts
from reports.indicators.area_tree import Level
from reports.indicators.compute import compute
from reports.indicators.definitions import Definitions
from reports.indicators.engines import engine_of
from reports.indicators.figures import Figures
from reports.indicators.workbook import load_definitions
from reports.periods import Period, parse_period
from reports.place import COUNTRY, Place, find_place
from reports.requested import Days


@dataclass(frozen=True, slots=True)
class Sources:
    """What all reports of a run are made from; it can be sent to a worker process.

    Args:
        areas: with the names of the day that counts.
        tables: the run's tables with the columns that name people; content reads them through
            ``reports/registers.py`` and prints names only where they may stand.
        proven: since when all forms together are shown to be complete; None if one never was.
    """

    folder: Folder
    settings: Settings
    definitions: Definitions
    areas: Areas
    tables: TableSet
    proven: datetime | None
    days: Days

    @property
    def as_of(self) -> date:
        """The last day whose events can count."""
        return self.days.counted

    def place(self, text: str) -> Place:
        """Find what a report is about by a code or a name.

        Raises:
            ProblemError: ``area-unknown``, ``area-ambiguous``, ``club-unknown``.
        """
        return find_place(text, self.areas, registers.clubs(self.tables))

    def period(self, words: str) -> Period:
        """Read a period.

        Raises:
            ProblemError: ``period-unknown``.
        """
        return parse_period(words, self.definitions.phases)


def open_sources(
    folder: Folder, settings: Settings, as_of: date, *, today: date | None = None
) -> Sources:
    """Read the workbook, the areas and where the data stand.

    Args:
        as_of: only events up to this day count.
        today: the person's day; ``as_of`` where nobody knows it.

    Raises:
        ProblemError: a workbook or list with a mistake; no tables yet.
    """
    areas = load_areas(folder.xlsforms)
    definitions = load_definitions(folder.indicators, areas)
    tables = open_tables(folder, identified=True)
    days = Days(as_of, today or as_of, tables.as_of)
    return Sources(
        folder,
        settings,
        with_area_facts(definitions, folder, areas, days.counted),
        areas.on(days.counted),  # a report of an earlier day prints the names of that day
        tables,
        last_proven(folder, settings),
        days,
    )


def last_proven(folder: Folder, settings: Settings) -> datetime | None:
    """Give since when all forms together are shown to be complete; None if one never was."""
    if not folder.store.is_file():
        return None
    with RawStore.read(folder.store) as store:
        positions = [
            position(store, source.name, form.name)
            for form in settings.forms.values()
            for source in form.sources
        ]
    moments = [each.proven if each else None for each in positions]
    if not moments or None in moments:
        return None
    earliest = datetime.fromisoformat(min(moment for moment in moments if moment))
    known = earliest if earliest.tzinfo else earliest.replace(tzinfo=UTC)
    return known.astimezone(settings.timezone)


@dataclass(frozen=True, slots=True)
class Extent:
    """Which figures are asked for.

    Args:
        periods: all, also those to compare with.
        levels: of areas.
        within: the smallest area that holds all of them.
    """

    periods: tuple[Period, ...]
    levels: tuple[Level, ...]
    within: str


def extent_of(sources: Sources, asked: Iterable[tuple[Report, Place, Period]]) -> Extent:
    """Give what some reports print.

    Args:
        asked: every report with what it is about and its period.
    """
    periods: dict[str, Period] = {}
    levels: set[Level] = set()
    inside: set[tuple[str, str]] = set()
    for report, place, period in asked:
        periods |= {each.name: each for each in periods_of(report, period, sources)}
        levels |= {place.level, *(report.below or {}).get(place.level, ())}  # type: ignore[arg-type]
        inside.add((place.province, place.commune))
    return Extent(tuple(periods.values()), tuple(sorted(levels)), _around(inside))


def compute_figures(sources: Sources, asked: Iterable[tuple[Report, Place, Period]]) -> Figures:
    """Compute what some reports print, in one pass.

    Args:
        asked: every report with what it is about and its period.
    """
    return compute_extent(sources, extent_of(sources, asked))


def compute_extent(sources: Sources, extent: Extent) -> Figures:
    """Compute figures in one pass, on the engine that ``ishc.toml`` names."""
    return compute(
        sources.definitions,
        sources.tables,
        sources.areas,
        extent.periods,
        sources.as_of,
        levels=extent.levels,
        within=extent.within,
        engine=engine_of(sources.settings.indicators),
    )


def periods_of(report: Report, period: Period, sources: Sources) -> list[Period]:
    """Give the periods whose figures a report prints: its own first."""
    found = [period]
    if "previous" in report.compared:
        found.append(period.previous())
    if "years" in report.compared:
        found += years_in(period, sources.as_of, sources.definitions)
    return found


def years_in(period: Period, as_of: date, definitions: Definitions) -> list[Period]:
    """Give the calendar years that a period touches, those that have begun, if more than one."""
    last = period.cut_off(as_of).year
    years = [str(year) for year in range(period.start.year, last + 1)]
    return [parse_period(year, definitions.phases) for year in years] if len(years) > 1 else []


def _around(inside: Collection[tuple[str, str]]) -> str:
    """Give the smallest area that holds all of them.

    Args:
        inside: province and commune of each, empty where it lies in none.
    """
    provinces, communes = ({each[place] for each in inside} for place in (0, 1))
    if len(inside) == 1 and communes != {""}:
        return communes.pop()
    if len(provinces) == 1 and provinces != {""}:
        return provinces.pop()
    return COUNTRY
