"""Figures of closed phases: what was published, with its source, and never today's data."""

from collections.abc import Sequence
from datetime import date

from programme.dates import short
from programme.numbers import number
from programme.problem import Language, Text
from reports.indicators.definitions import PERCENT_UNITS, Baseline, Definitions, Target
from reports.indicators.figure import Figure
from reports.indicators.precision import decimals_of
from reports.indicators.rating import Rating, achieved_of, rate

NOTHING = Text(vi="không có số liệu đã công bố", en="no published figure")
_NOT_COMPARABLE = Text(
    vi="tính theo đơn vị hành chính trước 01/7/2025, không so sánh được với hiện nay",
    en="counted in the areas of before 1 July 2025, not comparable with today's",
)
_OF_TARGET = Text(vi="{share}% mục tiêu", en="{share}% of the target")
_AS_OF = Text(vi="số liệu đến {day}", en="as of {day}")
_DISAGREE = Text(vi="số liệu chưa thống nhất", en="the published figures disagree")


def published_figure(definitions: Definitions, target: Target, area_code: str) -> Figure:
    """Give the figure of a closed phase: what was published, or nothing.

    Published figures that disagree give no value; all of them stand in the note, each with its
    source, its day and its own share of the target.
    """
    found = definitions.published(target.code, area_code)
    known = definitions.baseline(target.code, area_code)
    disagree = any(each.conflict for each in found)
    if disagree:
        known = None
    value = known.value if known else None
    rating = Rating.CONFLICTING
    if not disagree:
        rating = rate(target, value, None, area_code, threshold=definitions.coverage_threshold)
    return Figure(
        code=target.code,
        group="targets",
        label=target.label,
        unit=target.unit,
        numerator=known.numerator if known and known.denominator else None,
        denominator=known.denominator if known else None,
        value=value,
        target=target,
        rating=rating,
        rated=True,
        population=target.population,
        source=known.source if known else NOTHING,
        note=_note(definitions, target, found, disagree=disagree),
        area_code=area_code,
    )


def shown(definitions: Definitions, each: Baseline, target: Target | None = None) -> Text:
    """Write a published figure with its share of the target, its day and its source.

    Args:
        definitions: for the words of units.
        each: the published figure.
        target: which it is a result of; None: it speaks of something else, so that it is named.
    """

    def words(language: Language) -> str:
        digits = number(each.value or 0, language, decimals_of(each.unit))
        percent = each.unit in PERCENT_UNITS
        unit = "%" if percent else f" {definitions.units[each.unit].in_(language)}"
        share = None if percent else achieved_of(target, each.value)
        part = ""
        if share is not None:
            of = _OF_TARGET.in_(language).format(share=number(share, language, 1))
            part = f", {of}"
        named = "" if target is not None else f"{each.label.in_(language)}: "
        day = _AS_OF.in_(language).format(day=short(each.as_of, language))
        return f"{named}{each.prefix}{digits}{unit}{part} ({each.source.in_(language)}; {day})"

    return Text(vi=words("vi"), en=words("en"))


def about_published(
    definitions: Definitions, code: str, area_code: str, until: date = date.max
) -> tuple[Text, ...]:
    """Say what a reader has to know of the published figures that stand beside a computed one.

    Args:
        definitions: the workbook.
        code: of the figure.
        area_code: its area.
        until: last day that counts.
    """
    found = definitions.published(code, area_code, until)
    said = []
    if any(each.conflict for each in found):
        said.append(_all_of(definitions, _group(definitions, found, until)))
    known = definitions.baseline(code, area_code, until)
    if known is not None and not known.comparable:
        said.append(_NOT_COMPARABLE)
    return tuple(said)


def _group(
    definitions: Definitions, found: Sequence[Baseline], until: date = date.max
) -> list[Baseline]:
    """Give all figures of their conflict groups, of the same unit, in order of their days."""
    of = {(each.conflict, each.area_code, each.unit) for each in found if each.conflict}
    group = [
        each
        for each in definitions.baselines
        if (each.conflict, each.area_code, each.unit) in of and each.as_of <= until
    ]
    return sorted(group, key=lambda each: (each.as_of, each.indicator))


def _all_of(
    definitions: Definitions, found: Sequence[Baseline], target: Target | None = None
) -> Text:
    each = [
        shown(definitions, one, target if target and one.indicator == target.code else None)
        for one in found
    ]
    return Text(
        vi=f"{_DISAGREE.vi}: " + "; ".join(one.vi for one in each),
        en=f"{_DISAGREE.en}: " + "; ".join(one.en for one in each),
    )


def _note(
    definitions: Definitions, target: Target, found: Sequence[Baseline], *, disagree: bool
) -> Text:
    parts = [target.not_measured] if target.not_measured.vi else []
    if disagree:
        parts.append(_all_of(definitions, _group(definitions, found), target))
    elif found:
        parts.append(shown(definitions, max(found, key=lambda one: one.as_of), target))
    else:
        parts.append(NOTHING)
    if any(not one.comparable for one in found):
        parts.append(_NOT_COMPARABLE)
    return Text(vi="; ".join(one.vi for one in parts), en="; ".join(one.en for one in parts))
