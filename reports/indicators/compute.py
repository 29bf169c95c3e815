"""Indicators × targets for one area and period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from programme.problem import Place, ProblemError, Text
from programme.sql import check, run_limited
from reports.indicators.definitions import PERCENT_UNITS, Definitions, Indicator, Target
from reports.indicators.figures import Figure
from reports.indicators.frames import Asked, Commune, Frames, RegisterTables
from reports.indicators.rating import Rating, rate
from reports.periods import Period, parse_period

SECONDS = 60
_PARTS = ("numerator", "denominator", "known", "expected", "missing", "remark")
_PUBLISHED = Text(vi="số liệu đã công bố", en="published figure")
_CLOSED = Text(
    vi="giai đoạn đã kết thúc trước khi có số liệu thu thập; chỉ dùng số liệu đã công bố",
    en="the phase ended before data were collected; only published figures count",
)
_NOTHING = Text(
    vi="không có đơn vị nào thuộc diện tính (mẫu số bằng 0)",
    en="nothing to count from (the denominator is 0)",
)
_COVERAGE = Text(
    vi="có số liệu của {known} trên {expected} đơn vị", en="data from {known} of {expected} units"
)

Parts = Mapping[str, float | None]


def compute(
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
    checked = _check_all(frames, definitions)
    figures: list[Figure] = []
    for indicator in definitions.indicators:
        found = [applying[code] for code in indicator.targets if code in applying]
        for target in found if indicator.targets else [None]:
            figures.append(_figure(frames, definitions, indicator, checked[indicator.code], target))
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


def _check_all(frames: Frames, definitions: Definitions) -> dict[str, dict[str, str]]:
    columns = frames.columns()
    problems = []
    checked: dict[str, dict[str, str]] = {}
    for indicator in definitions.indicators:
        table = columns[indicator.table] | {"threshold_min": "DOUBLE", "threshold_max": "DOUBLE"}
        checked[indicator.code] = {}
        for part in (*_PARTS, "where"):
            sql = getattr(indicator, part)
            if not sql:
                continue
            place = Place(definitions.path.name, "indicators", indicator.row, part)
            try:
                checked[indicator.code][part] = check(
                    sql, {indicator.table: table}, place, kind="expression"
                )
            except ProblemError as error:
                problems.extend(error.problems)
    if problems:
        raise ProblemError(problems)
    return checked


def _figure(
    frames: Frames,
    definitions: Definitions,
    indicator: Indicator,
    checked: Mapping[str, str],
    target: Target | None,
) -> Figure:
    parts = _run(frames, indicator, checked, target)
    before = None
    if target is not None and target.rule == "trend":
        before = _value(indicator, _run(frames.day_before(), indicator, checked, target))
    value = None if parts["missing"] else _value(indicator, parts)
    coverage = _coverage(parts)
    rating = Rating.NOT_RATED
    if target is not None and indicator.rated:
        rating = rate(
            target,
            value,
            coverage,
            frames.asked.area_code,
            threshold=definitions.coverage_threshold,
            before=before,
        )
    elif value is None:
        rating = Rating.NO_DATA
    code = "_".join(filter(None, (target.code, indicator.line))) if target else indicator.code
    return Figure(
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
        note=_note(indicator, parts, coverage, definitions.coverage_threshold),
        baseline=definitions.baseline(code, frames.asked.area_code),
        before=before,
        coverage=coverage,
    )


def _run(
    frames: Frames, indicator: Indicator, checked: Mapping[str, str], target: Target | None
) -> Parts:
    wanted = ", ".join(
        f"CAST({checked[part]} AS DOUBLE) AS {part}" if part in checked else f"NULL AS {part}"
        for part in _PARTS
    )
    low = target.threshold_min if target else None
    high = target.threshold_max if target else None
    conditions = list(_conditions(frames, indicator, checked, target))
    where = " AND ".join(f"({condition})" for condition in conditions) or "TRUE"
    # every expression went through the guard, the rest is written here
    sql = (
        f"SELECT {wanted} FROM (SELECT *, CAST({_literal(low)} AS DOUBLE) AS threshold_min, "  # noqa: S608
        f"CAST({_literal(high)} AS DOUBLE) AS threshold_max FROM {indicator.table}) "
        f"AS {indicator.table} WHERE {where}"
    )
    place = Place("indicators.xlsx", "indicators", indicator.row)
    row = run_limited(frames.connection, sql, SECONDS, place=place).to_pylist()[0]
    return {part: row[part] for part in _PARTS}


def _conditions(
    frames: Frames, indicator: Indicator, checked: Mapping[str, str], target: Target | None
) -> Iterator[str]:
    if "where" in checked:
        yield checked["where"]
    population = indicator.population or (target.population if target else "")
    if target is not None and population == "clubs founded in the phase":
        end = min(target.end, frames.asked.cut_off)
        yield f"founded_on BETWEEN DATE '{target.start}' AND DATE '{end}'"


def _literal(value: float | None) -> str:
    return "NULL" if value is None else repr(value)


def _value(indicator: Indicator, parts: Parts) -> float | None:
    numerator, denominator = parts["numerator"], parts["denominator"]
    if not indicator.denominator:
        return numerator
    if numerator is None or not denominator:
        return None
    share = numerator / denominator
    return 100 * share if indicator.unit in PERCENT_UNITS else share


def _coverage(parts: Parts) -> float | None:
    known, expected = parts["known"], parts["expected"]
    if known is None or not expected:
        return None
    return 100 * known / expected


def _note(
    indicator: Indicator, parts: Parts, coverage: float | None, threshold: float
) -> Text | None:
    notes = []
    if parts["missing"]:
        notes.append(_counted(indicator.missing_text, parts["missing"]))
    elif indicator.denominator and not parts["denominator"]:
        notes.append(_NOTHING)
    if parts["remark"]:
        notes.append(_counted(indicator.remark_text, parts["remark"]))
    if coverage is not None and coverage < threshold:
        known, expected = int(parts["known"] or 0), int(parts["expected"] or 0)
        notes.append(
            Text(
                vi=_COVERAGE.vi.format(known=known, expected=expected),
                en=_COVERAGE.en.format(known=known, expected=expected),
            )
        )
    if indicator.note.vi:
        notes.append(indicator.note)
    if not notes:
        return None
    return Text(vi="; ".join(note.vi for note in notes), en="; ".join(note.en for note in notes))


def _counted(text: Text, number: float | None) -> Text:
    count = str(int(number or 0))
    return Text(vi=text.vi.replace("{n}", count), en=text.en.replace("{n}", count))


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
