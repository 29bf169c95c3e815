"""Indicators × targets for one area and period."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from programme.areas import Areas
from programme.problem import Text
from reports.indicators.applying import applies, concerns
from reports.indicators.definitions import Definitions, Indicator, Target
from reports.indicators.figures import COUNTRY, Figure, Figures, Level, area_codes
from reports.indicators.engine import RegisterTables
from reports.indicators.frames import Asked, Commune, Frames
from reports.indicators.notes import note_on
from reports.indicators.published import about_published, published_figure
from reports.indicators.query import check_expressions, coverage_of, run, value_of
from reports.indicators.rating import Rating, rate
from reports.periods import Period, parse_period

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
            (``with_area_facts``).
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
    communes = {commune.code: commune.province_code for commune in frames.communes}
    area = frames.asked.area_code
    around = {area, communes.get(area, area), COUNTRY}
    applying = {
        code: target
        for code, target in definitions.targets.items()
        if applies(target, period, frames.asked.cut_off) and concerns(target, around)
    }
    checked = check_expressions(frames, definitions)
    figures: list[Figure] = []
    for indicator in definitions.indicators:
        found: list[Target | None] = [
            applying[code]
            for code in indicator.targets
            if code in applying and not applying[code].closed
        ]
        for target in [None, *found] if indicator.alone else found:
            figures.append(_figure(frames, definitions, indicator, checked[indicator.code], target))
    if not frames.collected():
        figures = [_not_collected(figure) for figure in figures]
    closed = [target for target in applying.values() if target.closed]
    return figures + [
        published_figure(definitions, target, frames.asked.area_code) for target in closed
    ]


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
        note=note_on(
            indicator,
            parts,
            coverage,
            definitions.coverage_threshold,
            about_published(definitions, code, frames.asked.area_code, frames.asked.cut_off),
        ),
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
