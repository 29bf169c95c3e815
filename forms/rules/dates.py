"""Dates that lose a day, or carry a time that nobody asked for."""

import re
from collections.abc import Iterator

from forms.rules.subject import Subject
from programme.problem import Problem, Text

# JavaRosa keeps date and time apart from the text only in date questions; in a calculate,
# today() is sent as 2026-11-22T00:00:00.000+07:00.
_BARE = re.compile(r"^\s*(?:date|today|now|coalesce|if)\s*\(", re.IGNORECASE)
_DAYS = re.compile(r"decimal-date-time\s*\(", re.IGNORECASE)


def date_with_time(subject: Subject) -> Iterator[Problem]:
    """A calculate that is a date is written as a date."""
    for row, kind in subject.questions():
        formula = row.get("calculation")
        if kind.role != "computed" or row.get("value_type").lower() != "date":
            continue
        if _BARE.match(formula) and "format-date" not in formula and "concat" not in formula:
            yield subject.problem(
                "date-with-time",
                row,
                "calculation",
                Text(
                    vi="công thức cho ra cả giờ (2026-11-22T00:00…), bảng dữ liệu không nhận",
                    en="the formula gives a time too (2026-11-22T00:00…), tables refuse that",
                ),
                Text(
                    vi="hãy viết format-date(…, '%Y-%m-%d') quanh công thức",
                    en="write format-date(…, '%Y-%m-%d') around the formula",
                ),
            )


def day_lost(subject: Subject) -> Iterator[Problem]:
    """Days counted through decimal-date-time lose one in Viet Nam (UTC+7)."""
    for row in subject.workbook.rows("survey"):
        for header, text in row.cells.items():
            if _DAYS.search(text):
                yield subject.problem(
                    "date-day-lost",
                    row,
                    header,
                    Text(
                        vi="decimal-date-time làm lệch một ngày ở múi giờ Việt Nam",
                        en="decimal-date-time loses a day in the time zone of Viet Nam",
                    ),
                    Text(
                        vi="hãy cộng ngày bằng date(${ngày} + 30)",
                        en="add days as date(${day} + 30)",
                    ),
                    severity="warning",
                )
