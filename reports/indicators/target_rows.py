"""Reads the sheets ``phases`` and ``targets``."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import cast, get_args

from programme.problem import Text
from reports.indicators.definitions import Overlap, RateBy, Rule, Target
from reports.indicators.denominator_rows import check_kinds
from reports.indicators.sheets import SheetRow, Sheets, nearest
from reports.phases import Phase

POPULATIONS = ("all clubs", "clubs founded in the phase")
LEVELS = ("national", "province", "commune", "club")
PHASE_COLUMNS = ("code", "decision", "start", "end", "label_vi", "label_en", "figures", "new_clubs")
TARGET_COLUMNS = (
    *("code", "decision", "period", "area_code", "level", "area_kind", "population"),
    *("indicator_en", "indicator_vi", "wording_vi", "unit", "target_min", "target_max"),
    *("met_when", "threshold_min", "threshold_max", "older_age", "rate_by", "measured_by"),
    *("not_measured_vi", "not_measured_en", "source"),
)
_YEAR = re.compile(r"\d{4}")
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "value>=min": ("target_min",),
    "value>min": ("target_min",),
    "band": ("target_min", "target_max"),
}


def phases_of(sheets: Sheets) -> dict[str, Phase]:
    """Read the phases, by code."""
    return {
        phase.code: phase for row in sheets.rows("phases", PHASE_COLUMNS) for phase in [_phase(row)]
    }


def _phase(row: SheetRow) -> Phase:
    row.once("code", row.text("code"))
    phase = Phase(
        code=row.text("code", required=True),
        decision=row.text("decision", required=True),
        start=row.date_in("start"),
        end=row.date_in("end"),
        label=row.both("label", required=True),
        published=row.one_of("figures", ("published", "collected")) == "published",
        new_clubs=row.one_of("new_clubs", ("yes", "no")) == "yes",
    )
    if date.min < phase.end < phase.start:
        row.problem(
            "phase-days",
            Text(vi="ngày cuối trước ngày đầu", en="the last day is before the first"),
            Text(vi="hãy sửa start, end", en="mend start or end"),
            "end",
        )
    return phase


def targets_of(
    sheets: Sheets,
    phases: Mapping[str, Phase],
    units: Collection[str],
    areas: Collection[str] | None,
    overlap: Overlap,
) -> tuple[dict[str, Target], dict[str, list[str]]]:
    """Read the targets.

    Args:
        sheets: the workbook.
        phases: of the sheet ``phases``.
        units: of the sheet ``units``.
        areas: codes that exist; None where they are not known.
        overlap: to which phase clubs belong that were founded where two overlap.

    Returns:
        The targets by code, and code of an indicator → targets that say it measures them.
    """
    targets: dict[str, Target] = {}
    measured_by: dict[str, list[str]] = {}
    for row in sheets.rows("targets", TARGET_COLUMNS):
        target = _target(row, phases, units, areas)
        first, last = founding_days(target, phases, overlap)
        targets[target.code] = replace(target, founded_from=first, founded_to=last)
        for indicator in row.text("measured_by").replace(",", " ").split():
            measured_by.setdefault(indicator, []).append(target.code)
    return targets, measured_by


def founding_days(
    target: Target, phases: Mapping[str, Phase], overlap: Overlap
) -> tuple[date, date]:
    """Give the first and last day of founding that count as new in a target's period.

    Where phases of two decisions overlap, the setting ``overlap`` says whether a club founded then
    is new in both, in the earlier or in the later one. A phase without a target for new clubs
    takes none away.
    """
    first, last = target.start, target.end
    mine = phases.get(target.period)
    if overlap == "both" or mine is None:
        return first, last
    for other in phases.values():
        if other.decision == mine.decision or not other.new_clubs:
            continue
        if overlap == "later" and mine.start < other.start <= last:
            last = other.start - timedelta(days=1)
        if overlap == "earlier" and other.start < mine.start and first <= other.end:
            first = other.end + timedelta(days=1)
    return first, last


def _target(
    row: SheetRow,
    phases: Mapping[str, Phase],
    units: Collection[str],
    areas: Collection[str] | None,
) -> Target:
    row.once("code", row.text("code"))
    period, start, end = _period(row, phases)
    phase = phases.get(period)
    target = Target(
        code=row.text("code", required=True),
        decision=row.text("decision", required=True),
        period=period,
        start=start,
        end=end,
        closed=phase is not None and phase.published,
        area_code=row.area_in("area_code", areas),
        level=row.one_of("level", LEVELS),
        area_kind=row.text("area_kind"),
        population=row.one_of("population", POPULATIONS),
        founded_from=start,
        founded_to=end,
        label=Text(
            vi=row.text("indicator_vi", required=True), en=row.text("indicator_en", required=True)
        ),
        wording=row.one_of("wording_vi", ("published", "reconstructed")),
        unit=row.one_of("unit", list(units)),
        minimum=row.number_in("target_min"),
        maximum=row.number_in("target_max"),
        rule=cast(Rule, row.one_of("met_when", get_args(Rule))),
        threshold_min=row.number_in("threshold_min"),
        threshold_max=row.number_in("threshold_max"),
        older_age=row.number_in("older_age"),
        rate_by=_rate_by(row),
        not_measured=row.both("not_measured"),
        source=row.text("source", required=True),
        row=row.number,
    )
    check_kinds(row, "area_kind", target.area_kind.replace("+", " ").split())
    _check_limits(row, target)
    return target


def _rate_by(row: SheetRow) -> RateBy:
    words = [word for word in get_args(RateBy) if word]
    needed = row.text("level") == "club" or row.text("rate_by")
    return cast(RateBy, row.one_of("rate_by", words)) if needed else ""


def _period(row: SheetRow, phases: Mapping[str, Phase]) -> tuple[str, date, date]:
    words = row.text("period", required=True)
    if words in phases:
        return words, phases[words].start, phases[words].end
    if _YEAR.fullmatch(words) and int(words):
        return words, date(int(words), 1, 1), date(int(words), 12, 31)
    if words:
        near = nearest(words, list(phases))
        row.problem(
            "target-period-unknown",
            Text(
                vi=f"không có giai đoạn «{words}»{near.vi}",
                en=f"there is no phase “{words}”{near.en}",
            ),
            Text(
                vi="hãy ghi một năm (2026) hoặc mã ở trang phases: " + ", ".join(phases),
                en="write a year (2026) or a code of the sheet phases: " + ", ".join(phases),
            ),
            "period",
        )
    return words, date.min, date.max


def _check_limits(row: SheetRow, target: Target) -> None:
    for column in _NEEDED.get(target.rule, ()):
        if row.number_in(column) is None:
            row.text(column, required=True)
    for low_column, high_column in (
        ("target_min", "target_max"),
        ("threshold_min", "threshold_max"),
    ):
        low, high = row.number_in(low_column), row.number_in(high_column)
        if low is not None and high is not None and low > high:
            row.problem(
                "target-range",
                Text(
                    vi="mức thấp nhất lớn hơn mức cao nhất", en="the minimum is above the maximum"
                ),
                Text(
                    vi=f"hãy sửa {low_column}, {high_column}",
                    en=f"mend {low_column} or {high_column}",
                ),
                low_column,
            )
