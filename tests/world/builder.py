"""Histories → what phones send, as records' answers, without the engine of ODK Collect."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from ishc.demo import drafts
from ishc.demo.answers import Codes
from ishc.demo.drafts import Draft
from ishc.demo.filling import USERNAME
from ishc.demo.happened import ClubHistory
from programme.folder import shipped
from tests.world.clones import club_codes
from tests.world.forms import Form, Values
from tests.world.phone import ClubLists, Phone
from tests.world.records import received_at
from tests.world.workbooks import read_form

FORMS = (
    "club_registration",
    "monthly_activity_report",
    "loan_record",
    "inspection_checklist",
    "training_record",
)


@dataclass(frozen=True, slots=True)
class Built:
    """One submission: form, root uuid, answers by path, and when the server got it (UTC)."""

    form: str
    root: str
    answers: Values
    received: str


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


@dataclass(frozen=True, slots=True)
class Staged:
    """A form that will be filled in.

    Args:
        day: of the lists on the phone; None when they are still empty.
        draft: what is answered.
        after: answers that are put in after the form has calculated, by question name.
        late: hours between finishing and receipt, beside the usual minutes.
    """

    day: date | None
    draft: Draft
    after: Mapping[str, str] = field(default_factory=dict)
    late: int = 0


def staged(history: ClubHistory, codes: Codes, calendar: Sequence[date]) -> Iterator[Staged]:
    """Give everything that a club will fill in, the registration first.

    Args:
        history: the club.
        codes: of all clubs.
        calendar: first days of the months.
    """
    for draft in drafts.registrations([history]):
        yield Staged(None, draft)
    start = calendar[0] - timedelta(days=1)
    for draft in drafts.loans_lent([history], codes):
        yield Staged(start, draft)
    for month in calendar:
        work = drafts.month_of_work([history], month, codes, last=month == calendar[-1])
        for draft in work:
            yield Staged(month - timedelta(days=1), draft)


def build(history: ClubHistory, codes: Codes, calendar: Sequence[date]) -> Iterator[Built]:
    """Give everything that a club sent, the registration first."""
    yield from fill_all(history, codes, staged(history, codes, calendar))


def fill_all(history: ClubHistory, codes: Codes, wanted: Iterable[Staged]) -> Iterator[Built]:
    """Fill in what a club sends, in order."""
    lists = ClubLists(history, codes)
    for day, same_day in groupby(wanted, key=lambda each: each.day):
        phone = Phone(lists, {}, day)
        for each in same_day:
            built = fill(each, phone)
            if "grade" in built.answers:
                lists.grades[built.root] = built.answers["grade"]
            yield built


def fill(wanted: Staged, phone: Phone) -> Built:
    """Fill one form in, as a phone does."""
    draft = wanted.draft
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
    after = dict([draft.misfit] if draft.misfit else []) | dict(wanted.after)
    for question, text in after.items():
        answers[next(path for path in answers if path.rpartition("/")[2] == question)] = text
    received = sent.end + timedelta(hours=wanted.late)
    return Built(draft.form, sent.root, answers, received_at(received))
