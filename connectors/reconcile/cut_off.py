"""The cut-off date that somebody asks for: as a day or as text, and never one to come."""

from datetime import date

from programme.dates import parse_date, short
from programme.problem import Exit, Problem, ProblemError, Text


def cut_off(wanted: date | str | None, today: date) -> date:
    """Give the day up to which events count.

    Args:
        wanted: a day, or one written as 2026-10-31 or 31/10/2026; None for today.
        today: in the programme's time zone.

    Raises:
        ProblemError: ``reconcile-as-of-unreadable``, ``reconcile-as-of-future``.
    """
    try:
        day = parse_date(wanted) if isinstance(wanted, str) else wanted or today
    except ValueError as error:
        raise ProblemError(_unreadable(str(wanted)), Exit.USAGE) from error
    if day > today:
        raise ProblemError(_not_come(day, today), Exit.USAGE)
    return day


def _unreadable(said: str) -> Problem:
    return Problem(
        "reconcile-as-of-unreadable",
        Text(vi=f"không đọc được ngày «{said}»", en=f"“{said}” is no day"),
        Text(vi="hãy ghi như 2026-10-31 hoặc 31/10/2026", en="write it as 2026-10-31"),
    )


def _not_come(day: date, today: date) -> Problem:
    """Tell a slip in the year, which would find every coming month missing."""
    return Problem(
        "reconcile-as-of-future",
        Text(
            vi=f"ngày chốt số liệu {short(day, 'vi')} chưa đến",
            en=f"the cut-off day {short(day, 'en')} has not come yet",
        ),
        Text(
            vi=f"hãy ghi --as-of đến hôm nay ({short(today, 'vi')}) trở về trước, hoặc bỏ --as-of",
            en=f"give a day up to today ({short(today, 'en')}) with --as-of, or leave it out",
        ),
    )
