"""Figures as they are printed: the one place where units become words."""

from programme.dates import short
from programme.numbers import number, percent
from programme.problem import Language, Text
from reports.indicators.definitions import PERCENT_UNITS, Baseline, Target
from reports.indicators.figures import Figure, Slice
from reports.indicators.precision import decimals_apart, decimals_of
from reports.indicators.rating import Rating, is_contribution
from reports.privacy_cells import Hidden
from reports.privacy_words import hidden_words

NO_DATA = Text(vi="thiếu số liệu", en="no data")
NOTHING = Text(vi="không có để tính", en="nothing to count")  # a share of nothing is not missing
DASH = "–"
_WIDEST = 11
MILLION = 1_000_000
_COUNTRY = Text(vi="(cả nước)", en="(country)")
_RISE = Text(vi="tăng", en="to rise")
_STARTED = Text(vi="(đầu kỳ)", en="(start)")
_POINTS = Text(vi=" điểm", en=" points")


def value(amount: float | None, unit: str, language: Language) -> str:
    """Write a value in its unit; what cannot be computed says so."""
    if amount is None:
        return NO_DATA.in_(language)
    if unit in PERCENT_UNITS:
        return percent(amount, language)
    return number(amount, language, decimals_of(unit) if amount % 1 else 0)


def shown(figure: Figure | Slice, language: Language, unit: str = "") -> str:
    """Write the value of a figure, or why the public version does not show it.

    Args:
        unit: of a slice, which has none of its own.
    """
    unit = figure.unit if isinstance(figure, Figure) else unit
    if figure.hidden is not None:
        # a share of a small count is no count
        is_count = unit not in PERCENT_UNITS and figure.denominator is None
        why = figure.hidden if is_count else Hidden.SECOND
        return hidden_words(why).in_(language)
    if isinstance(figure, Figure) and figure.of_nothing:
        return NOTHING.in_(language)
    return value(figure.value, unit, language)


def measured(figure: Figure, language: Language) -> str:
    """Write the value beside its target; a value just below it gets the digit that shows it."""
    if figure.value is None or _decimals(figure) == decimals_of(figure.unit):
        return shown(figure, language)
    sign = "%" if figure.unit in PERCENT_UNITS else ""
    return number(figure.value, language, _decimals(figure)) + sign


def _decimals(figure: Figure) -> int:
    wanted = figure.target
    if figure.rating is not Rating.NOT_MET or wanted is None or wanted.minimum is None:
        return decimals_of(figure.unit)
    assert figure.value is not None
    return decimals_apart(figure.value, wanted.minimum, figure.unit)


def millions(amount: float | None, language: Language) -> str:
    """Write an amount of đồng in millions with one decimal."""
    if amount is None:
        return NO_DATA.in_(language)
    return number(amount / MILLION, language, 1)


def share_of(figure: Figure, language: Language) -> str:
    """Write what a value is made of, ``52/2.400``; a numerator stays visible without it."""
    if figure.hidden is Hidden.SMALL and figure.denominator:
        return f"{hidden_words(Hidden.SMALL).in_(language)}/{number(figure.denominator, language)}"
    if figure.numerator is None or figure.hidden is not None:
        return DASH
    over = number(figure.numerator, language)
    if figure.denominator:
        under = number(figure.denominator, language)
        # two amounts of money do not fit side by side
        return f"{over}/\n{under}" if len(over + under) > _WIDEST else f"{over}/{under}"
    missing = figure.value is None and figure.numerator > 0
    return f"{over}/?" if missing else DASH


def target(figure: Figure, area_code: str, language: Language) -> str:
    """Write what was to be reached: one limit, a range, a direction, or nothing."""
    wanted = figure.target
    if wanted is None or wanted.rule == "reported" or figure.rating is Rating.NOT_RATED:
        return DASH
    if wanted.rule == "trend":
        return _RISE.in_(language)
    text = _limits(wanted, language)
    if is_contribution(wanted, area_code):
        return f"{text}\n{_COUNTRY.in_(language)}"
    return text


def _limits(wanted: Target, language: Language) -> str:
    limits = [limit for limit in (wanted.minimum, wanted.maximum) if limit is not None]
    texts = [number(limit, language, 1 if limit % 1 else 0) for limit in sorted(set(limits))]
    sign = "%" if wanted.unit in PERCENT_UNITS else ""
    return " - ".join(texts) + sign


def achieved(figure: Figure, language: Language) -> str:
    """Write percent of the target, and for shares the gap in percentage points below it."""
    if figure.achieved is None:
        return DASH
    decimals = max(1, _decimals(figure))
    text = percent(figure.achieved, language, decimals)
    wanted = figure.target
    if wanted is None or wanted.minimum is None or wanted.unit not in PERCENT_UNITS:
        return text
    assert figure.value is not None
    gap = figure.value - wanted.minimum
    sign = "+" if gap > 0 else "−" if gap < 0 else ""
    return f"{text}\n({sign}{number(abs(gap), language, decimals)})"


def change(figure: Figure, before: Figure | None, language: Language) -> str:
    """Write by how much a figure differs from the period before: ``+2,1 điểm``, ``−12``."""
    if figure.value is None or before is None or before.value is None:
        return DASH
    apart = figure.value - before.value
    decimals = decimals_of(figure.unit) if apart % 1 or figure.unit in PERCENT_UNITS else 0
    size = number(abs(apart), language, decimals)
    if size == number(0, language, decimals):
        return "0"
    points = _POINTS.in_(language) if figure.unit in PERCENT_UNITS else ""
    return f"{'+' if apart > 0 else '−'}{size}{points}"


def baseline(figure: Figure, language: Language) -> str:
    """Write the published figure with its date, or where a trend started from."""
    if figure.before is not None:
        return f"{value(figure.before, figure.unit, language)}\n{_STARTED.in_(language)}"
    known = figure.baseline
    if known is None:
        return DASH
    return f"{published(known, language)}\n({short(known.as_of, language)})"


def published(known: Baseline, language: Language) -> str:
    """Write a published figure with the sign its source put before it."""
    return f"{known.prefix}{value(known.value, known.unit, language)}"
