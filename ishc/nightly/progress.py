"""How far the running phase has come, for the page of the night."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow.parquet as pq

from programme.problem import Language, Text
from reports.content.show import target, value
from reports.indicators.area_tree import COUNTRY
from reports.indicators.figures import Figure
from reports.kept_figures import figures_for
from reports.periods import parse_period
from reports.phases import Phase
from reports.sources import Extent, Sources

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


def page_extent(sources: Sources) -> Extent | None:
    """Tell which figures the page shows; None between phases."""
    phase = _running(sources)
    if phase is None:
        return None
    period = parse_period(phase.code, sources.definitions.phases)
    return Extent((period,), ("country", "province"), _area(sources))


def progress_of(sources: Sources) -> PhaseProgress | None:
    """Give the targets of the phase that the registers' day lies in; None between phases.

    Figures that the night has computed are taken; else they are computed here, on the engine
    that ``ishc.toml`` names.

    Raises:
        ProblemError: no tables yet, a mistake in the workbook of indicators.
    """
    phase, extent = _running(sources), page_extent(sources)
    if phase is None or extent is None:
        return None
    figures, code = figures_for(sources, extent), extent.within
    named = Text(vi="Cả nước", en="The country")
    if code != COUNTRY:
        place = sources.areas.provinces[code]
        named = Text(vi=place.in_("vi"), en=place.in_("en"))
    shown = [each for each in figures.of(code, extent.periods[0]) if _shown(each)]
    return PhaseProgress(named, phase.label, [_progress(each, code) for each in shown])


def _running(sources: Sources) -> Phase | None:
    day = sources.tables.as_of
    phases = [each for each in sources.definitions.phases.values() if each.start <= day <= each.end]
    # the latest to begin, and of these the one that ends first: what is worked on now
    return min(phases, key=lambda each: (-each.start.toordinal(), each.end), default=None)


def _area(sources: Sources) -> str:
    """Choose the province where all clubs lie in one, else the country."""
    clubs = pq.read_table(sources.tables.path("club"), columns=["province_code"])
    provinces = {each for each in clubs["province_code"].to_pylist() if each}
    one = provinces.pop() if len(provinces) == 1 else COUNTRY
    return one if one in sources.areas.provinces else COUNTRY


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
