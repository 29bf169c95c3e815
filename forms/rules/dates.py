"""Dates that lose a day, or carry a time that nobody asked for."""

import re
from collections.abc import Iterator

from forms.rules.fault import Fault
from forms.rules.subject import Expression, Subject
from forms.rules.xpath import Call, calls, calls_in
from programme.problem import Problem, Text

# JavaRosa keeps date and time apart from the text only in date questions; in a calculate,
# today() is sent as 2026-11-22T00:00:00.000+07:00.
_BARE = re.compile(r"^\s*(?:date|today|now|coalesce|if)\s*\(", re.IGNORECASE)
_DATES = ("date", "date-time", "format-date", "format-date-time")
WITH_TIME = Fault(
    "date-with-time",
    Text(
        vi="công thức cho ra cả giờ (2026-11-22T00:00…), bảng dữ liệu không nhận",
        en="the formula gives a time too (2026-11-22T00:00…), tables refuse that",
    ),
    Text(
        vi="hãy viết format-date(…, '%Y-%m-%d') quanh công thức",
        en="write format-date(…, '%Y-%m-%d') around the formula",
    ),
)
DAY_LOST = Fault(
    "date-day-lost",
    Text(
        vi="decimal-date-time làm lệch một ngày ở múi giờ Việt Nam",
        en="decimal-date-time loses a day in the time zone of Viet Nam",
    ),
    Text(
        vi="hãy cộng ngày bằng date(${ngày} + 30)",
        en="add days as date(${day} + 30)",
    ),
    level="warning",
)


def date_with_time(subject: Subject) -> Iterator[Problem]:
    """A calculate that is a date is written as a date."""
    for row, kind in subject.questions():
        formula = row.get("calculation")
        if kind.role != "computed" or row.get("value_type").lower() != "date":
            continue
        if _BARE.match(formula) and "format-date" not in formula and "concat" not in formula:
            yield subject.tell(WITH_TIME, row, "calculation")


def day_lost(subject: Subject) -> Iterator[Problem]:
    """Days counted through decimal-date-time lose one in Viet Nam (UTC+7).

    Only where the count becomes a date again; the days between two dates come out right.
    """
    for each in subject.expressions:
        if any(_counted(call) for call in calls(each.text)) or _kept_as_date(each):
            yield subject.tell(DAY_LOST, each.row, each.header, each.sheet)


def _counted(call: Call) -> bool:
    """Tell whether a date is made from days: ``date(decimal-date-time(${d}) + 30)``."""
    if call.name not in _DATES or not call.arguments:
        return False
    return any(inner.name == "decimal-date-time" for inner in calls_in(call.arguments[0]))


def _kept_as_date(each: Expression) -> bool:
    date = each.row.get("value_type").lower() == "date" or each.row.get("type").lower() == "date"
    outer = calls(each.text)[:1]
    return (
        date
        and each.header in ("calculation", "default")
        and any(call.name == "decimal-date-time" for call in outer)
    )
