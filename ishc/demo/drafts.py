"""Which forms are filled at which stage of the demo, and with what answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ishc.demo.answers import (
    Answers,
    Codes,
    event_answers,
    inspection_answers,
    lent_answers,
    monthly_answers,
    registration_answers,
    training_answers,
)
from ishc.demo.happened import ClubHistory, Inspection, Loan, Report
from ishc.demo.model import Club, Sent
from ishc.demo.pictures import sample_png

REGISTRATIONS, LOANS = "registrations", "loans"
DECISIONS_SHOWN = 3  # clubs that send a picture of their founding decision
MEETINGS_SHOWN = 4  # clubs that send a picture of their meeting in the last month


@dataclass(frozen=True, slots=True)
class Draft:
    """A form to fill.

    Args:
        form: form id.
        sent: its root uuid, time and phone.
        answers: by question name.
        files: pictures by file name.
        misfit: question and text that a faulty client puts in after filling.
    """

    form: str
    sent: Sent
    answers: Answers
    files: Mapping[str, bytes] = field(default_factory=dict)
    misfit: tuple[str, str] | None = None


def registrations(histories: Sequence[ClubHistory]) -> Iterator[Draft]:
    """Give every club's registration."""
    for history in histories:
        club = history.club
        files = _picture("quyet_dinh", club) if club.number < DECISIONS_SHOWN else {}
        answers = registration_answers(club, next(iter(files), ""))
        yield Draft("club_registration", club.sent, answers, files)


def loans_lent(histories: Sequence[ClubHistory], codes: Codes) -> Iterator[Draft]:
    """Give the record of every loan that was lent."""
    for history in histories:
        for loan in history.loans:
            yield Draft("loan_record", loan.sent, lent_answers(history.club, loan, codes))


def month_of_work(
    histories: Sequence[ClubHistory], month: date, codes: Codes, *, last: bool
) -> Iterator[Draft]:
    """Give what clubs and inspectors send about one month.

    Args:
        month: its first day.
        codes: codes issued so far.
        last: it is the last month; some meetings are photographed.
    """
    for history in histories:
        yield from _events(history, month, codes)
        for training in history.trainings:
            if training.starts_on.replace(day=1) == month:
                answers = training_answers(history.club, training, codes)
                yield Draft("training_record", training.sent, answers)
        for visit in history.inspections:
            if visit.visit_date.replace(day=1) == month:
                yield _inspection(history, visit, codes)
        for report in history.reports:
            if report.month == month:
                yield _report(history.club, report, codes, shown=last)


def _events(history: ClubHistory, month: date, codes: Codes) -> Iterator[Draft]:
    for loan in history.loans:
        for event in loan.events:
            if event.on.replace(day=1) == month:
                answers = event_answers(history.club, loan, event, codes)
                yield Draft("loan_record", event.sent, answers)


def _report(club: Club, report: Report, codes: Codes, *, shown: bool) -> Draft:
    wanted = shown and club.number < MEETINGS_SHOWN and report.meeting.held_on
    files = _picture("sinh_hoat", club) if wanted else {}
    answers = monthly_answers(club, report, codes, next(iter(files), ""))
    return Draft("monthly_activity_report", report.sent, answers, files, report.misfit)


def _inspection(history: ClubHistory, visit: Inspection, codes: Codes) -> Draft:
    open_loans = [
        codes.loans[loan.sent.root]
        for loan in history.loans
        if _outstanding(loan, visit.visit_date.replace(day=1)) > 0
    ]
    answers = inspection_answers(
        history.club,
        visit,
        codes,
        members=_members(history, visit.visit_date),
        cash=_cash(history, visit.visit_date),
        open_loans=open_loans,
    )
    return Draft("inspection_checklist", visit.sent, answers)


def _outstanding(loan: Loan, day: date) -> int:
    """What was outstanding on the morning of a day, as the list on the phone has it."""
    if loan.lent_on >= day:
        return 0
    return loan.amount - sum(event.principal for event in loan.events if event.on < day)


def _members(history: ClubHistory, day: date) -> int:
    own = {each.month: each for each in history.reports if not each.club_words}
    moved = sum(
        len(report.joined) - len(report.left) for month, report in own.items() if month < day
    )
    return len(history.club.roster) + history.club.unlisted.total + moved


def _cash(history: ClubHistory, day: date) -> int:
    """Cash counted at the end of the month before, or at the first opening."""
    own = [each for each in history.reports if not each.club_words]
    before = [each for each in own if each.month < day.replace(day=1)]
    return before[-1].income.closing_cash if before else own[0].income.opening_cash


def _picture(word: str, club: Club) -> dict[str, bytes]:
    return {f"{word}_mau_{club.number + 1:02d}.png": sample_png(club.number)}
