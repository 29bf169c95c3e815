"""Histories → what phones send, as records' answers, without the engine of ODK Collect."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ishc.demo import drafts
from ishc.demo.answers import Codes
from ishc.demo.drafts import Draft
from ishc.demo.filling import USERNAME
from ishc.demo.happened import ClubHistory
from programme.folder import shipped
from tests.world.clones import club_codes
from tests.world.forms import Form, Values, read_form
from tests.world.phone import ClubLists, Phone

FORMS = (
    "club_registration",
    "monthly_activity_report",
    "loan_record",
    "inspection_checklist",
    "training_record",
)


@dataclass(frozen=True, slots=True)
class Built:
    """One submission: form, root uuid, and the answers by path."""

    form: str
    root: str
    answers: Values


@lru_cache
def forms() -> Mapping[str, Form]:
    """Compile the shipped forms once."""
    return {form: read_form(shipped() / "xlsforms" / f"{form}.xlsx") for form in FORMS}


def issue_codes(histories: Iterable[ClubHistory]) -> Codes:
    """Issue the codes that the registers give when everything is reconciled at once."""
    known = list(histories)
    founded = [
        (one.club.place.commune, one.club.founded_on.isoformat(), one.club.sent.root)
        for one in known
    ]
    clubs, members, loans = {}, {}, {}
    for history, code in zip(known, club_codes(founded), strict=True):
        root = history.club.sent.root
        clubs[root] = code
        for row in range(1, len(history.club.roster) + 1):
            members[f"{root}/{row}"] = f"{code}-M{row:03d}"
        lent = sorted(history.loans, key=lambda loan: (loan.lent_on, loan.sent.root))
        for number, loan in enumerate(lent, 1):
            loans[loan.sent.root] = f"{code}-L{number:03d}"
    return Codes(clubs, members, loans)


def build(history: ClubHistory, codes: Codes, calendar: Sequence[date]) -> Iterator[Built]:
    """Give everything that a club sent, the registration first.

    Args:
        history: the club.
        codes: of all clubs.
        calendar: first days of the months.
    """
    lists = ClubLists(history, codes)
    yield from _filled(lists, None, drafts.registrations([history]))
    start = calendar[0] - timedelta(days=1)
    yield from _filled(lists, start, drafts.loans_lent([history], codes))
    for month in calendar:
        work = drafts.month_of_work([history], month, codes, last=month == calendar[-1])
        yield from _filled(lists, month - timedelta(days=1), work)


def _filled(lists: ClubLists, day: date | None, wanted: Iterable[Draft]) -> Iterator[Built]:
    phone = Phone(lists, {}, day)
    for draft in wanted:
        built = fill(draft, phone)
        if "grade" in built.answers:
            lists.grades[draft.sent.root] = built.answers["grade"]
        yield built


def fill(draft: Draft, phone: Phone) -> Built:
    """Fill one form in, as a phone does."""
    form, sent = forms()[draft.form], draft.sent
    phone.labels, phone.root, phone.today = form.choices, sent.root, sent.end.date().isoformat()
    start = sent.end - timedelta(minutes=sent.minutes)
    given = draft.answers | {
        "start": f"{start.isoformat()}.000+07:00",
        "end": f"{sent.end.isoformat()}.000+07:00",
        "today": phone.today,
        "deviceid": sent.device,
        "username": USERNAME,
    }
    answers = form.fill(given, phone)
    if draft.misfit:
        question, text = draft.misfit
        answers[next(path for path in answers if path.rpartition("/")[2] == question)] = text
    return Built(draft.form, sent.root, answers)
