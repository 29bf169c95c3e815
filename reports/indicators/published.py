"""Figures of closed phases: what was published, with its source, and never today's data."""

from programme.dates import short
from programme.numbers import number
from programme.problem import Language, Text
from reports.indicators.definitions import Baseline, Definitions, Target
from reports.indicators.figures import Figure
from reports.indicators.precision import decimals_of
from reports.indicators.rating import Rating, achieved_of, rate

NOTHING = Text(vi="không có số liệu đã công bố", en="no published figure")
_NOT_COMPARABLE = Text(
    vi="tính theo đơn vị hành chính trước 01/7/2025, không so sánh được với hiện nay",
    en="counted in the areas of before 1 July 2025, not comparable with today's",
)
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
    """Write a published figure with its share of the target, its day and its source."""

    def words(language: Language) -> str:
        digits = number(each.value or 0, language, decimals_of(each.unit))
        unit = definitions.units[each.unit].in_(language)
        share = achieved_of(target, each.value)
        of = Text(vi="{} mục tiêu", en="{} of the target").in_(language)
        part = f", {of.format(number(share, language, 1) + '%')}" if share is not None else ""
        gap = "" if unit == "%" else " "
        return (
            f"{each.prefix}{digits}{gap}{unit}{part} "
            f"({each.source.in_(language)}, {short(each.as_of, language)})"
        )

    return Text(vi=words("vi"), en=words("en"))


def _note(
    definitions: Definitions, target: Target, found: tuple[Baseline, ...], *, disagree: bool
) -> Text:
    parts = [target.not_measured] if target.not_measured.vi else []
    if disagree:
        each = [shown(definitions, one, target) for one in found]
        parts.append(
            Text(
                vi=f"{_DISAGREE.vi}: " + "; ".join(one.vi for one in each),
                en=f"{_DISAGREE.en}: " + "; ".join(one.en for one in each),
            )
        )
    elif found:
        parts.append(shown(definitions, max(found, key=lambda one: one.as_of), target))
    else:
        parts.append(NOTHING)
    if any(not one.comparable for one in found):
        parts.append(_NOT_COMPARABLE)
    return Text(vi="; ".join(one.vi for one in parts), en="; ".join(one.en for one in parts))
