"""Indicators × targets for one area and period."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from programme.areas import Areas
from programme.problem import Text
from reports.indicators.definitions import Definitions, Indicator, Target
from reports.indicators.figures import COUNTRY, Figure, Figures, Level, area_codes
from reports.indicators.frames import Asked, Commune, Frames, RegisterTables
from reports.indicators.notes import note_on
from reports.indicators.query import check_expressions, coverage_of, run, value_of
from reports.indicators.rating import Rating, rate
from reports.periods import Period, parse_period

_PUBLISHED = Text(vi="số liệu đã công bố", en="published figure")
_CLOSED = Text(
    vi="giai đoạn đã kết thúc trước khi có số liệu thu thập; chỉ dùng số liệu đã công bố",
    en="the phase ended before data were collected; only published figures count",
)


def compute(
    definitions: Definitions,
    tables: RegisterTables,
    areas: Areas,
    periods: Sequence[Period],
    as_of: date,
    *,
    levels: Collection[Level] = ("country", "kind", "province", "commune"),
    within: str = COUNTRY,
) -> Figures:
    """Compute every figure of all areas and periods asked.

    Args:
        definitions: the checked ``indicators.xlsx``, with the kinds of communes
            (``with_area_kinds``).
        tables: registers of one run, with the years of birth (the identified set).
        areas: the provinces and communes there are.
        periods: all that are asked for, also those to compare with.
        as_of: only events up to this day count.
        levels: which areas: ``country``, ``kind``, ``province``, ``commune``, ``club``.
        within: ``VN``, a province or a commune: it and the areas inside it.

    Raises:
        ProblemError: an expression that is not allowed or names an unknown column, with its
            sheet, row and column.
    """
    codes = area_codes(areas, levels, within)

    def found(area_code: str, period: Period) -> list[Figure]:
        province = areas.communes[area_code].province if area_code in areas.communes else area_code
        inside = (
            [area_code]
            if area_code in areas.communes
            else [
                each.code
                for each in areas.communes.values()
                if province in (COUNTRY, each.province)
            ]
        )
        communes = [Commune(code, areas.communes[code].province) for code in inside]
        return [
            replace(figure, area_code=area_code, period=period.name)
            for figure in compute_area(definitions, tables, area_code, period.name, as_of, communes)
        ]

    return Figures(definitions, as_of, tuple(periods), within, codes, found)


def compute_area(
    definitions: Definitions,
    tables: RegisterTables,
    area_code: str,
    period: str,
    as_of: date,
    communes: Sequence[Commune] = (),
) -> list[Figure]:
    """Compute every figure of an area and period, in the order of the workbook.

    Args:
        definitions: the checked ``indicators.xlsx``.
        tables: registers of one run, with the years of birth (the identified set).
        area_code: ``VN``, a province (2 digits) or a commune (5 digits).
        period: a phase, a year, or ``2025-11..2026-10``.
        as_of: only events up to this day count.
        communes: every commune of the area, those without a club too.

    Raises:
        ProblemError: ``period-unknown``; an expression that is not allowed or names an unknown
            column, with its sheet, row and column.
    """
    span = parse_period(period, definitions.phases)
    with open_frames(definitions, tables, area_code, span, as_of, communes) as frames:
        return compute_in(frames, definitions, span)


def open_frames(
    definitions: Definitions,
    tables: RegisterTables,
    area_code: str,
    period: Period,
    as_of: date,
    communes: Sequence[Commune],
) -> Frames:
    """Make the analysis tables of an area and period."""
    return _frames(
        definitions, tables, Asked(area_code, period.start, period.cut_off(as_of)), communes
    )


def _frames(
    definitions: Definitions, tables: RegisterTables, asked: Asked, communes: Sequence[Commune]
) -> Frames:
    return Frames(
        tables,
        asked,
        communes,
        definitions.area_facts,
        carry_months=definitions.carry_months,
        risk_days=definitions.risk_days,
    )


def compute_in(frames: Frames, definitions: Definitions, period: Period) -> list[Figure]:
    """Compute every figure on analysis tables that are open already."""
    applying = applying_targets(definitions, period, frames.asked.cut_off)
    checked = check_expressions(frames, definitions)
    figures: list[Figure] = []
    for indicator in definitions.indicators:
        found = [applying[code] for code in indicator.targets if code in applying]
        for target in found if indicator.targets else [None]:
            figures.append(_figure(frames, definitions, indicator, checked[indicator.code], target))
    if not frames.collected():
        figures = [_not_collected(figure) for figure in figures]
    measured = {code for indicator in definitions.indicators for code in indicator.targets}
    closed = [target for code, target in applying.items() if code not in measured]
    return figures + [_published(definitions, target, frames.asked.area_code) for target in closed]


def applying_targets(definitions: Definitions, period: Period, cut_off: date) -> dict[str, Target]:
    """Choose the targets that a period is judged by.

    A phase is judged by its own targets and by those of its decision that reach beyond it; a year
    or a range of months by the targets whose time covers its last day. Nothing is judged by a
    target whose time has not come.
    """

    def applies(target: Target) -> bool:
        if target.start > cut_off:
            return False
        phase = period.phase
        if phase is None:
            return target.end >= cut_off
        inside = target.start >= phase.start and target.end <= phase.end
        around = target.start <= phase.start and target.end >= phase.end
        return target.decision == phase.decision and (inside or around)

    return {code: target for code, target in definitions.targets.items() if applies(target)}


def _figure(
    frames: Frames,
    definitions: Definitions,
    indicator: Indicator,
    checked: Mapping[str, str],
    target: Target | None,
) -> Figure:
    parts = run(frames, indicator, checked, target)
    before = None
    if target is not None and target.rule == "trend":
        before = value_of(indicator, run(frames.day_before(), indicator, checked, target))
    value = None if parts["missing"] else value_of(indicator, parts)
    coverage = coverage_of(parts)
    rating = Rating.NOT_RATED
    if target is not None and indicator.rated:
        rating = rate(
            target,
            value,
            coverage,
            frames.asked.area_code,
            threshold=definitions.coverage_threshold,
            before=before,
            unit=indicator.unit,
        )
    elif value is None:
        rating = Rating.NO_DATA
    code = "_".join(filter(None, (target.code, indicator.line))) if target else indicator.code
    return Figure(
        indicator=indicator.code,
        code=code,
        group=indicator.group,
        label=indicator.label,
        unit=indicator.unit,
        numerator=parts["numerator"],
        denominator=parts["denominator"],
        value=value,
        target=target,
        rating=rating,
        rated=indicator.rated and target is not None,
        population=indicator.population or (target.population if target else "all clubs"),
        source=indicator.source,
        note=note_on(indicator, parts, coverage, definitions.coverage_threshold),
        baseline=definitions.baseline(code, frames.asked.area_code, frames.asked.cut_off),
        before=before,
        coverage=coverage,
    )


def _not_collected(figure: Figure) -> Figure:
    """Take a figure back that today's registers cannot know of a time before they began."""
    return replace(
        figure,
        numerator=None,
        denominator=None,
        value=None,
        before=None,
        coverage=None,
        rating=Rating.NO_DATA,
        note=_CLOSED,
    )


def _published(definitions: Definitions, target: Target, area_code: str) -> Figure:
    """Give the figure of a closed phase: what was published, or nothing."""
    known = definitions.baseline(target.code, area_code)
    value = known.value if known else None
    figure = Figure(
        code=target.code,
        group="targets",
        label=target.label,
        unit=target.unit,
        numerator=known.numerator if known else None,
        denominator=known.denominator if known else None,
        value=value,
        target=target,
        rating=Rating.NO_DATA,
        rated=True,
        population=target.population,
        source=known.source if known else _PUBLISHED,
        note=_CLOSED,
    )
    rating = rate(target, value, None, area_code, threshold=definitions.coverage_threshold)
    return replace(figure, rating=rating)
