"""The period of a report: a month, a quarter, a half year, a year, months, or a phase."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from programme.dates import Month, months
from programme.problem import Problem, ProblemError, Text
from programme.text import did_you_mean, nearest
from reports.period_words import as_written
from reports.phases import Phase

PeriodKind = Literal["month", "quarter", "half", "year", "range", "phase"]

_MONTH = r"\d{4}-\d{2}"
_RANGE = re.compile(rf"({_MONTH})\.\.({_MONTH})")
_PARTS = {
    "month": (1, re.compile(r"(\d{4})-(0[1-9]|1[0-2])")),
    "quarter": (3, re.compile(r"(\d{4})-Q([1-4])")),
    "half": (6, re.compile(r"(\d{4})-H([12])")),
    "year": (12, re.compile(r"(\d{4})()")),
}
_ROMAN = ("I", "II", "III", "IV")
_ORDINAL = ("first", "second", "third", "fourth")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day.

    Args:
        name: as people write it: ``2026-10``, ``2026-Q3``, ``2026-H1``, ``2026``,
            ``2025-11..2026-10``, ``2025-2030``.
        phase: what it is a phase of; None for the other kinds.
    """

    name: str
    start: date
    end: date
    label: Text
    phase: Phase | None = None
    kind: PeriodKind = "range"

    def cut_off(self, as_of: date) -> date:
        """Give the day up to which figures count: the end of the period, or earlier."""
        return min(self.end, as_of)

    def months(self) -> tuple[Month, ...]:
        """Give its months in order."""
        return tuple(months(Month.of(self.start), Month.of(self.end)))

    def previous(self) -> "Period":
        """Give the period of the same length before it; before a phase, so many months."""
        length = len(self.months())
        first = Month.of(self.start).plus(-length)
        if self.kind in _PARTS:
            return _part(self.kind, first)
        return month_range(first, Month.of(self.start).plus(-1))


def month_range(first: Month, last: Month) -> Period:
    """Give the period from one month to another, both included."""
    label = Text(
        vi=f"từ {first.in_('vi')} đến {last.in_('vi')}",
        en=f"{first.in_('en')} to {last.in_('en')}",
    )
    return Period(f"{first}..{last}", first.first, last.last, label)


def phase_period(phase: Phase) -> Period:
    """Give a phase of the programme as a period."""
    return Period(phase.code, phase.start, phase.end, phase.label, phase, "phase")


def regular_within(period: Period) -> Iterator[Period]:
    """Give the months, quarters, half years and years that lie in a period."""
    for kind, (length, _) in _PARTS.items():
        for month in period.months():
            if (month.number - 1) % length == 0 and month.plus(length - 1).last <= period.end:
                yield _part(kind, month)


def parse_period(words: str, phases: Mapping[str, Phase]) -> Period:
    """Read a period: a phase, or one of the other kinds, as ``Period`` lists them.

    Args:
        words: also as officials write it: ``09/2026``, ``quý III năm 2026``.

    Raises:
        ProblemError: ``period-unknown``.
    """
    if words.strip() in phases:
        return phase_period(phases[words.strip()])
    words = as_written(words)
    for kind, (length, pattern) in _PARTS.items():
        found = pattern.fullmatch(words)
        if found and found[1] != "0000":
            place = int(found[2] or 1) - 1
            return _part(kind, Month(int(found[1]), 1).plus(place * length))
    if found := _RANGE.fullmatch(words):
        return _months(words, found[1], found[2], phases)
    raise ProblemError(_unknown(words, phases))


def _part(kind: str, first: Month) -> Period:
    """Give the month, quarter, half year or year that begins with a month."""
    length, _ = _PARTS[kind]
    number, year = (first.number - 1) // length, first.year
    name, label = str(year), Text(vi=f"năm {year}", en=f"the year {year}")
    if kind == "month":
        name, label = str(first), Text(vi=first.in_("vi"), en=first.in_("en"))
    elif kind == "quarter":
        name = f"{year}-Q{number + 1}"
        label = Text(
            vi=f"quý {_ROMAN[number]} năm {year}", en=f"the {_ORDINAL[number]} quarter of {year}"
        )
    elif kind == "half":
        name = f"{year}-H{number + 1}"
        label = Text(
            vi=f"6 tháng {'cuối' if number else 'đầu'} năm {year}",
            en=f"the {_ORDINAL[number]} half of {year}",
        )
    end = first.plus(length - 1).last
    return Period(name, first.first, end, label, kind=kind)  # type: ignore[arg-type]


def _months(words: str, first: str, last: str, phases: Mapping[str, Phase]) -> Period:
    try:
        start, end = Month.parse(first), Month.parse(last)
    except ValueError as error:
        raise ProblemError(_unknown(words, phases)) from error
    if end < start:
        raise ProblemError(_unknown(words, phases))
    return month_range(start, end)


def _unknown(words: str, phases: Mapping[str, Phase]) -> Problem:
    near = did_you_mean(nearest(words, list(phases)))
    return Problem(
        "period-unknown",
        Text(vi=f"không có kỳ «{words}»{near.vi}", en=f"there is no period “{words}”{near.en}"),
        Text(
            vi="hãy ghi một tháng (2026-10), quý (2026-Q3), nửa năm (2026-H1), năm (2026), các "
            "tháng (2025-11..2026-10), hoặc một giai đoạn: "
            + ", ".join(phases)
            + "; cũng viết được "
            "09/2026, quý 3/2026, 6 tháng đầu năm 2026",
            en="write a month (2026-10), a quarter (2026-Q3), a half year (2026-H1), a year "
            "(2026), months (2025-11..2026-10), or a phase: " + ", ".join(phases),
        ),
    )
