"""One club's honest work, and small ways to spoil it before it is filled in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from ishc.demo.answers import Answers, Codes
from ishc.demo.drafts import Draft
from ishc.demo.happened import ClubHistory
from ishc.demo.model import Sent
from ishc.demo.plan import NOTHING, Assigned, Plan
from ishc.demo.stamps import draw_uuid
from tests.world.builder import Staged
from tests.world.phone import ClubLists
from tests.world.planted.truth import Planted

REPORT = "monthly_activity_report"
LOAN = "loan_record"
VISIT = "inspection_checklist"
CLUB = "club_registration"
TRAINING = "training_record"
LATELY = 9  # months that every check looks back to


@dataclass
class Work:
    """Everything that a club will fill in.

    Args:
        rng: this club's chance.
        history: what happened, honest but for faults of the generator itself.
        codes: of all clubs.
        calendar: its months.
        as_of: the last day.
        staged: what it will fill in.
        planted: what was spoilt so far.
    """

    rng: Random
    history: ClubHistory
    codes: Codes
    calendar: Sequence[date]
    as_of: date
    staged: list[Staged]
    planted: list[Planted] = field(default_factory=list)

    @property
    def code(self) -> str:
        """Give the club's code."""
        return self.codes.club(self.history.club)

    def drafts(self, form: str, **answers: str) -> list[Draft]:
        """Give what is filled in of a form with these answers, in order."""
        return [
            each.draft
            for each in self.staged
            if each.draft.form == form
            and all(each.draft.answers.get(name) == value for name, value in answers.items())
        ]

    @property
    def reports(self) -> list[Draft]:
        """Give the club's own monthly reports, in order of months."""
        own = [each for each in self.drafts(REPORT) if "club" in each.answers]
        return sorted(own, key=lambda each: (str(each.answers["month"]), each.sent.end))

    @property
    def middle(self) -> Draft:
        """Give a report of the last year that has others before and after it."""
        return self.rng.choice(self.reports[2:-2][-LATELY:])

    def update(self, at: Draft, **changes: Any) -> None:
        """Change how a form is staged: its ``draft``, ``after`` or ``late``."""
        place = self._at(at)
        self.staged[place] = replace(self.staged[place], **changes)

    def answer(self, draft: Draft, **answers: Any) -> Draft:
        """Let a form be answered otherwise; None takes an answer away."""
        given = {**draft.answers, **answers}
        new = replace(draft, answers={name: one for name, one in given.items() if one is not None})
        self.update(draft, draft=new)
        return new

    def sent(self, draft: Draft, **changes: Any) -> Draft:
        """Let a form be finished at another time or on another phone."""
        new = replace(draft, sent=replace(draft.sent, **changes))
        self.update(draft, draft=new)
        return new

    def remove(self, draft: Draft) -> None:
        """Let a form never be sent."""
        del self.staged[self._at(draft)]

    def again(self, draft: Draft, hours: float = 1, after: str = "", **answers: Any) -> Draft:
        """Send a form once more, later and with another root uuid.

        Args:
            after: the new root uuid has to be greater than this one.
        """
        root = draw_uuid(self.rng)
        while root < after:
            root = draw_uuid(self.rng)
        sent = replace(draft.sent, root=root, end=draft.sent.end + timedelta(hours=hours))
        new = replace(draft, sent=sent, answers={**draft.answers, **answers}, files={})
        at = self._at(draft)
        self.staged.insert(at + 1, replace(self.staged[at], draft=new))
        return new

    def club_form(self, day: date, **answers: Any) -> Draft:
        """Send a registration form about a change of the club."""
        club = self.history.club
        about: Answers = {
            "report_kind": "new",
            "reporter_name": club.board[0].name,
            "reporter_role": "chair",
            "province": club.place.province,
            "commune": club.place.commune,
            "club_in_list": "listed",
            "club": self.code,
            "action_date": day.isoformat(),
            "confirmed": "OK",
        }
        end = datetime(day.year, day.month, day.day, 20, 15)
        sent = Sent(draw_uuid(self.rng), end, 12, club.sent.device)
        draft = Draft(CLUB, sent, {**about, **answers})
        before = day.replace(day=1) - timedelta(days=1)
        after = [at for at, each in enumerate(self.staged) if each.day and each.day <= before]
        self.staged.insert(after[-1] + 1 if after else 1, Staged(before, draft))
        return draft

    def end(self, day: date) -> None:
        """Let nothing be sent any more of what happens after the club's end."""
        for draft in self.reports:
            if date.fromisoformat(str(draft.answers["month"])) > day:
                self.remove(draft)
        for form in (VISIT, TRAINING):
            for draft in self.drafts(form):
                if draft.sent.end.date() > day:
                    self.remove(draft)

    def size(self, day: date) -> int:
        """Count the members at the end of a day, as the history has them."""
        return int(ClubLists(self.history, self.codes).club(day)["members"])

    def plant(
        self, check: str, draft: Draft, question: str | None = None, *, consequence: bool = False
    ) -> None:
        """Write down that a form is wrong."""
        club = draft.answers.get("club")
        self.planted.append(
            Planted(
                check,
                draft.form,
                draft.sent.root,
                str(club) if club else None,
                str(draft.answers["month"])[:7] if "month" in draft.answers else None,
                question,
                consequence,
            )
        )

    def plant_club(
        self, check: str, form: str, month: date | None = None, *, consequence: bool = False
    ) -> None:
        """Write down that something of the club, or of one of its months, is wrong."""
        told = f"{month:%Y-%m}" if month else None
        self.planted.append(Planted(check, form, None, self.code, told, None, consequence))

    def follows(self, *checks: str) -> None:
        """Write down what is also true of this club because of what was planted."""
        for check in checks:
            self.plant_club(check, "", consequence=True)

    def _at(self, draft: Draft) -> int:
        root = draft.sent.root
        return next(at for at, each in enumerate(self.staged) if each.draft.sent.root == root)


def nothing_wrong(_rng: Random, _months: int) -> Assigned:
    """Assign no fault of the generator."""
    return NOTHING


def as_it_was(history: ClubHistory, _plan: Plan) -> ClubHistory:
    """Leave a history as it was."""
    return history


def leave(_work: Work) -> None:
    """Spoil nothing."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fault, or of a harmless look-alike.

    Args:
        name: for people.
        edit: spoils the work of a club and writes down what it did.
        lends: it needs a club that lends (True) or one that does not (False).
        assigned: what the generator itself has to do wrong.
        history: changes what happened, before anything is filled in.
        later: the club begins so many months after the others.
    """

    name: str
    edit: Callable[[Work], None] = leave
    lends: bool = False
    assigned: Callable[[Random, int], Assigned] = nothing_wrong
    history: Callable[[ClubHistory, Plan], ClubHistory] = as_it_was
    later: int = 0
