"""Faults planted into an honest history, each with the place where a check has to find it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from ishc.demo.happened import CashBook, ClubHistory, Debts, LoanEvent, Planted, Report
from ishc.demo.lending import repay_too_much
from ishc.demo.names import club_name
from ishc.demo.plan import Assigned, Slip
from ishc.demo.stamps import draw_device, draw_uuid

UNKNOWN_CLUB = 900  # numbers of clubs that report without being registered start here
MISFITS = (("attendance", "khoảng ba mươi"), ("attendance_women", "hai chục"))
WITHOUT_MEETING = ("loans_open_count", "không")  # asked in every report


def plant(
    rng: Random, history: ClubHistory, assigned: Assigned, months: Sequence[date]
) -> ClubHistory:
    """Put a club's faults into its history and write down where they are.

    Args:
        history: without faults but for the cash books' slips, which the ledger carries on.
        assigned: what this club has to do wrong.
        months: the calendar.
    """
    number = history.club.number
    planted = [
        Planted("month_missing", number, months[place], None) for place in sorted(assigned.missing)
    ]
    reports = list(history.reports)
    for slip, place in assigned.at.items():
        right = next(report for report in reports if report.month == months[place])
        reports.remove(right)
        wrong = _spoil(rng, slip, number, right)
        reports += wrong
        if slip != "replaced":
            planted.append(Planted(slip, number, right.month, wrong[-1].sent.root))
    if assigned.repaid_too_much:
        history, event = _spoil_loan(history)
        planted.append(Planted("repaid_too_much", number, None, event.sent.root))
    if not history.inspections:
        planted.append(Planted("never_inspected", number, None, None))
    reports.sort(key=lambda report: report.sent.end)
    return replace(history, reports=tuple(reports), planted=tuple(planted))


def _spoil(rng: Random, slip: Slip, number: int, right: Report) -> list[Report]:
    """Give the reports to send in place of the right one; the last is the one to find."""
    if slip == "reported_twice":
        return [_earlier(rng, right), right]
    if slip == "replaced":
        return [_earlier(rng, right), replace(right, replaces=True)]
    if slip == "does_not_fit":
        misfit = rng.choice(MISFITS) if right.meeting.held_on else WITHOUT_MEETING
        return [replace(right, misfit=misfit)]
    if slip == "unregistered":
        return [right, _stray(rng, number, right)]
    return [right]


def _spoil_loan(history: ClubHistory) -> tuple[ClubHistory, LoanEvent]:
    loans = list(history.loans)
    place = next(
        place
        for place, loan in enumerate(loans)
        if loan.events and loan.events[-1].event == "repaid"
    )
    loans[place], event = repay_too_much(loans[place])
    return replace(history, loans=tuple(loans)), event


def _earlier(rng: Random, right: Report) -> Report:
    """Make the first, wrong version of a report: two days before, other fees and attendance."""
    before = right.sent.end - timedelta(days=2, hours=1)
    attendance = max(right.meeting.attendance - 4, 0)
    return replace(
        right,
        sent=replace(right.sent, root=draw_uuid(rng), end=before),
        meeting=replace(
            right.meeting,
            attendance=attendance,
            women=min(right.meeting.women, attendance),
            sixty_plus=min(right.meeting.sixty_plus, attendance),
        ),
        income=_with_more_fees(right.income, 120),
    )


def _with_more_fees(book: CashBook, more: int) -> CashBook:
    fees = book.flows_in.get("contributions", 0) + more
    return replace(
        book,
        flows_in={**book.flows_in, "contributions": fees},
        closing_cash=book.closing_cash + more,
    )


def _stray(rng: Random, number: int, like: Report) -> Report:
    """Report for a club nobody registered: its own book, no members and no loans."""
    return replace(
        like,
        sent=replace(like.sent, root=draw_uuid(rng), device=draw_device(rng)),
        joined=(),
        left=(),
        changed=(),
        income=CashBook(400, 6_000, {"contributions": 90}, {}, 490, 6_000),
        operating=CashBook(200, 0, {"contributions": 60}, {}, 260, 0),
        debts=Debts(),
        quarter=dict.fromkeys(like.quarter, 0),
        difficulty="",
        club_words=club_name("thôn Khuổi Mẫu", UNKNOWN_CLUB + number),
    )
