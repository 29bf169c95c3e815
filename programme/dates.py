"""Months and dates; ``today`` is the only reader of the clock."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from programme.problem import Language, Text

MONTHS_A_YEAR = 12

_ENGLISH = (
    "January February March April May June July August September October November December".split()
)


def today(zone: ZoneInfo) -> date:
    """Give the date in a time zone: a club's day, not the server's."""
    return datetime.now(zone).date()


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month.

    Args:
        year: for example 2026.
        number: 1 to 12.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= MONTHS_A_YEAR or not date.min.year <= self.year <= date.max.year:
            raise ValueError(f"there is no month {self.number} of {self.year}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2026-10".

        Raises:
            ValueError: it is not written so.
        """
        if not re.fullmatch("[0-9]{4}-[0-9]{2}", text):
            raise ValueError(f"a month is written as 2026-10, not as {text!r}")
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Give the month that a day lies in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> "Month":
        """Give the month so many months later, or earlier if negative."""
        index = self.year * MONTHS_A_YEAR + self.number - 1 + months
        return Month(index // MONTHS_A_YEAR, index % MONTHS_A_YEAR + 1)

    def minus(self, other: "Month") -> int:
        """Count the months from another month to this one; 0 if they are the same."""
        return (self.year - other.year) * MONTHS_A_YEAR + self.number - other.number

    def in_(self, language: Language) -> str:
        """Write "tháng 10 năm 2026" or "October 2026"."""
        if language == "vi":
            return f"tháng {self.number:d} năm {self.year}"
        return f"{_ENGLISH[self.number - 1]} {self.year}"

    def short(self, language: Language) -> str:
        """Write "10/2026" or "Oct 2026", for tables and axes."""
        if language == "vi":
            return f"{self.number:02d}/{self.year}"
        return f"{_ENGLISH[self.number - 1][:3]} {self.year}"


def months(first: Month, last: Month) -> Iterator[Month]:
    """Give every month from the first to the last, both included; none if they are swapped."""
    for step in range(last.minus(first) + 1):
        yield first.plus(step)


def official(day: date, language: Language) -> str:
    """Write a date as Decree 30/2020/NĐ-CP wants it: "ngày 05 tháng 01 năm 2026".

    A zero stands before days under 10 and before months 1 and 2 only (Annex I, II.4).
    English: "5 January 2026".
    """
    if language == "en":
        return f"{day.day} {_ENGLISH[day.month - 1]} {day.year}"
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)  # noqa: PLR2004
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short(day: date, language: Language) -> str:
    """Write a date for tables: "05/01/2026"; in English "5 Jan 2026", which nobody misreads."""
    if language == "en":
        return f"{day.day} {_ENGLISH[day.month - 1][:3]} {day.year}"
    return f"{day:%d/%m}/{day.year:04d}"


def moment(utc: str, zone: ZoneInfo, until: str | None = None) -> Text:
    """Write a moment in local time: hour, minute, day.

    Args:
        utc: ISO 8601, with its offset.
        until: the end of what began then; told where it is another minute.
    """
    here = datetime.fromisoformat(utc).astimezone(zone)
    clock = f"{here:%H:%M}"
    if until is not None:
        end = f"{datetime.fromisoformat(until).astimezone(zone):%H:%M}"
        clock = clock if clock == end else f"{clock}–{end}"
    return Text(
        vi=f"{clock} ngày {short(here.date(), 'vi')}",
        en=f"{clock} on {short(here.date(), 'en')}",
    )


def parse_date(text: str) -> date:
    """Read "2026-10-31" or "31/10/2026".

    Raises:
        ValueError: it is written otherwise, or there is no such day.
    """
    plain = text.strip()
    if found := re.fullmatch("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", plain):
        day, month, year = (int(part) for part in found.groups())
        return date(year, month, day)
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", plain):
        return date.fromisoformat(plain)
    raise ValueError(f"a date is written as 2026-10-31 or 31/10/2026, not as {text!r}")
