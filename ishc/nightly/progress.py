"""How far the running phase has come, for the page of the night."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from connectors.store.tables import open_tables
from programme.areas import Areas, load_areas
from programme.folder import Folder
from programme.problem import Language, Text
from reports.content.show import target, value
from reports.indicators import compute, load_definitions
from reports.indicators.area_facts import with_area_facts
from reports.indicators.figures import Figure
from reports.periods import parse_period

MOST = 100.0  # percent; a bar is never longer than its row


@dataclass(frozen=True, slots=True)
class Progress:
    """A target and how far it is.

    Args:
        label, value, target, rating: as reports print them.
        percent: of the target, 0 to 100, for the bar; None where there is nothing to compare.
    """

    label: Text
    value: Text
    target: Text
    rating: Text
    percent: float | None


@dataclass(frozen=True, slots=True)
class PhaseProgress:
    """The targets of a phase in one area.

    Args:
        area: its name.
        phase: in words.
        targets: those that are judged or contributed to.
    """

    area: Text
    phase: Text
    targets: Sequence[Progress]


def progress_of(folder: Folder) -> PhaseProgress | None:
    """Compute the targets of the phase that the registers' day lies in; None between phases.

    Raises:
        ProblemError: no tables yet, a mistake in the workbook of indicators.
    """
    tables = open_tables(folder, identified=True)
    day = tables.as_of
    definitions = load_definitions(folder.indicators)
    phases = [each for each in definitions.phases.values() if each.start <= day <= each.end]
    if not phases:
        return None
    # the latest to begin, and of these the one that ends first: what is worked on now
    phase = min(phases, key=lambda each: (-each.start.toordinal(), each.end))
    period = parse_period(phase.code, definitions.phases)
    areas = load_areas(folder.xlsforms)
    code = _area(areas, folder)
    definitions = with_area_facts(definitions, folder, areas, day)
    figures = compute(
        definitions, tables, areas, [period], day, levels=("country", "province"), within=code
    )
    named = Text(vi="Cả nước", en="The country")
    if code != "VN":
        place = areas.provinces[code]
        named = Text(vi=place.in_("vi"), en=place.in_("en"))
    shown = [each for each in figures.of(code, period) if _shown(each)]
    return PhaseProgress(named, phase.label, [_progress(each, code) for each in shown])


def _area(areas: Areas, folder: Folder) -> str:
    """Choose the province where all clubs lie in one, else the country."""
    clubs = open_tables(folder).table("club")
    provinces = sorted(set(clubs["province_code"].dropna()))
    return provinces[0] if len(provinces) == 1 and provinces[0] in areas.provinces else "VN"


def _shown(figure: Figure) -> bool:
    wanted = figure.target
    return (
        wanted is not None
        and figure.rated
        and wanted.rule not in ("reported", "trend")
        and figure.value is not None
    )


def _progress(figure: Figure, code: str) -> Progress:
    wanted = figure.target
    assert wanted is not None
    assert figure.value is not None
    percent = None
    if wanted.minimum:
        percent = min(MOST, 100 * figure.value / wanted.minimum)
    return Progress(
        label=figure.label,
        value=_both(lambda language: value(figure.value, figure.unit, language)),
        target=_both(lambda language: target(figure, code, language).replace("\n", " ")),
        rating=figure.rating.value,
        percent=percent,
    )


def _both(write: Callable[[Language], str]) -> Text:
    return Text(vi=write("vi"), en=write("en"))
