"""The period of a report: a phase, a year, or a range of months."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from programme.dates import Month
from programme.problem import Problem, ProblemError, Text
from reports.indicators.definitions import Phase
from reports.indicators.sheets import nearest

_YEAR = re.compile(r"(\d{4})")
_RANGE = re.compile(r"(\d{4}-\d{2})\.\.(\d{4}-\d{2})")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day; ``phase`` when it is a phase of the programme."""

    name: str
    start: date
    end: date
    label: Text
    phase: Phase | None = None

    def cut_off(self, as_of: date) -> date:
        """Give the day up to which figures count: the end of the period, or earlier."""
        return min(self.end, as_of)


def parse_period(words: str, phases: Mapping[str, Phase]) -> Period:
    """Read a period: ``2025-2030`` (a phase), ``2026``, ``2025-11..2026-10``.

    Raises:
        ProblemError: ``period-unknown``.
    """
    if words in phases:
        phase = phases[words]
        return Period(words, phase.start, phase.end, phase.label, phase)
    if found := _YEAR.fullmatch(words):
        year = int(found[1])
        label = Text(vi=f"năm {year}", en=f"the year {year}")
        return Period(words, date(year, 1, 1), date(year, 12, 31), label)
    if found := _RANGE.fullmatch(words):
        return _months(words, found[1], found[2], phases)
    raise ProblemError(_unknown(words, phases))


def _months(words: str, first: str, last: str, phases: Mapping[str, Phase]) -> Period:
    try:
        start, end = Month.parse(first), Month.parse(last)
    except ValueError as error:
        raise ProblemError(_unknown(words, phases)) from error
    if end < start:
        raise ProblemError(_unknown(words, phases))
    label = Text(
        vi=f"từ {start.in_('vi')} đến {end.in_('vi')}",
        en=f"from {start.in_('en')} to {end.in_('en')}",
    )
    return Period(words, start.first, end.last, label)


def _unknown(words: str, phases: Mapping[str, Phase]) -> Problem:
    near = nearest(words, list(phases))
    return Problem(
        "period-unknown",
        Text(vi=f"không có kỳ «{words}»{near.vi}", en=f"there is no period “{words}”{near.en}"),
        Text(
            vi="hãy ghi một năm (2026), các tháng (2025-11..2026-10), hoặc một giai đoạn: "
            + ", ".join(phases),
            en="write a year (2026), months (2025-11..2026-10), or a phase: " + ", ".join(phases),
        ),
    )
