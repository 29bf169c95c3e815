"""How a figure is judged against its target."""

from enum import Enum

from programme.problem import Text
from reports.indicators.definitions import PERCENT_UNITS, Target
from reports.indicators.precision import decimals_of, look_the_same


class Rating(Enum):
    """What is said of a figure; the words are those of the reports."""

    EXCEEDED = Text(vi="Vượt", en="Exceeded")
    MET = Text(vi="Đạt", en="Met")
    NOT_MET = Text(vi="Chưa đạt", en="Not met")
    NO_DATA = Text(vi="Thiếu số liệu", en="No data")
    TOO_LITTLE = Text(vi="Chưa đủ số liệu", en="Too little data")
    IN_BAND = Text(vi="Trong khoảng", en="Within band")
    OUT_OF_BAND = Text(vi="Ngoài khoảng", en="Outside band")
    CONTRIBUTION = Text(vi="Đóng góp", en="Contribution")
    RISEN = Text(vi="Tăng", en="Risen")
    FALLEN = Text(vi="Giảm", en="Fallen")
    SAME = Text(vi="Không đổi", en="Unchanged")
    REPORTED = Text(vi="Theo dõi", en="Monitored")
    CONFLICTING = Text(vi="Số liệu chưa thống nhất", en="Figures disagree")
    NOT_RATED = Text(vi="Không đánh giá", en="Not rated")


def is_contribution(target: Target, area_code: str) -> bool:
    """Tell whether an area only contributes: a count set for the country, or for a wider area."""
    counted = target.unit not in PERCENT_UNITS and target.rule in ("value>=min", "value>min")
    wider = target.area_code != area_code and target.level in ("national", "province")
    return wider and counted and target.unit != "areas"


def achieved_of(target: Target | None, value: float | None) -> float | None:
    """Give the percent of a target's minimum; None for bands, trends and what is only reported."""
    if target is None or value is None or target.rule not in ("value>=min", "value>min"):
        return None
    return 100 * value / target.minimum if target.minimum else None


def rate(
    target: Target,
    value: float | None,
    coverage: float | None,
    area_code: str,
    *,
    threshold: float,
    before: float | None = None,
    unit: str | None = None,
    meeting: tuple[int, int] | None = None,
) -> Rating:
    """Judge a figure.

    Args:
        target: what was to be reached; ranges count as met from their minimum on.
        value: in the target's unit, shares in percent; None when it cannot be computed.
        coverage: percent of the units that the figure rests on; None when it does not apply.
        area_code: area of the figure.
        threshold: coverage in percent below which nothing is judged.
        before: value at the start of the period, for trends.
        unit: that the figure is printed in; the target's own where it is not given.
        meeting: clubs that meet a target for each club, of how many with data; above one club.
    """
    if value is None:
        return Rating.NO_DATA
    if coverage is not None and coverage < threshold:
        return Rating.TOO_LITTLE
    if is_contribution(target, area_code):
        return Rating.CONTRIBUTION
    if target.rule == "trend":
        return _trend(value, before, unit or target.unit)
    if target.rate_by == "clubs" and meeting is not None:
        return _by_clubs(target, *meeting)
    return _against_limits(target, value)


def _against_limits(target: Target, value: float) -> Rating:
    if target.rule == "reported":
        return Rating.REPORTED
    assert target.minimum is not None  # checked when the workbook was read
    if target.rule == "band":
        inside = target.minimum <= value <= (target.maximum or value)
        return Rating.IN_BAND if inside else Rating.OUT_OF_BAND
    met = value > target.minimum if target.rule == "value>min" else value >= target.minimum
    if not met:
        return Rating.NOT_MET
    return Rating.EXCEEDED if value > (target.maximum or target.minimum) else Rating.MET


def _by_clubs(target: Target, met: int, known: int) -> Rating:
    # what every club has to be is met when every club is
    if not known:
        return Rating.NO_DATA
    if target.rule == "band":
        return Rating.IN_BAND if met == known else Rating.OUT_OF_BAND
    return Rating.MET if met == known else Rating.NOT_MET


def _trend(value: float, before: float | None, unit: str) -> Rating:
    if before is None:
        return Rating.NO_DATA
    # “1.2% → 1.2%, fallen” would contradict itself: what reads the same is unchanged
    if look_the_same(value, before, decimals_of(unit)):
        return Rating.SAME
    return Rating.RISEN if value > before else Rating.FALLEN
