"""The lists on a club's phone at a time: what the registers would publish of its history."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from csv import DictReader
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from uuid import NAMESPACE_URL, uuid5

from connectors.reconcile.lists import initials
from ishc.demo.answers import Codes
from ishc.demo.happened import ClubHistory, Loan, Report
from ishc.demo.model import Person
from programme.folder import shipped
from programme.text import tidy

Row = Mapping[str, str]


@dataclass(frozen=True)
class ClubLists:
    """What the lists say of one club, on any day.

    Args:
        history: what happened to it.
        codes: codes of clubs, members and loans.
        grades: grade of each visit by its root uuid, as the visits are filled in.
    """

    history: ClubHistory
    codes: Codes
    grades: dict[str, str] = field(default_factory=dict)

    @cached_property
    def code(self) -> str:
        """Give the club's code."""
        return self.codes.club(self.history.club)

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """Give the report that wins in each month, in order."""
        best: dict[date, Report] = {}
        for report in self.history.reports:
            if not report.club_words:
                before = best.get(report.month)
                if before is None or _order(before) < _order(report):
                    best[report.month] = report
        return tuple(best[month] for month in sorted(best))

    def club(self, day: date) -> Row:
        """Give the club's row at the end of a day."""
        club = self.history.club
        at = bisect_left(self.reports, day + timedelta(days=1), key=lambda each: each.month)
        people = [*self._people(day)]
        unlisted, year = club.unlisted, day.year
        row = {
            "name": self.code,
            "code": self.code,
            "label": tidy(club.name),
            "commune": club.place.commune,
            "founded": club.founded_on.isoformat(),
            "status": "active",
            "members": str(len(people) + unlisted.total),
            "women": str(sum(each.sex == "female" for each in people) + unlisted.women),
            "sixty_plus": str(sum(each.is_older(year) for each in people) + unlisted.sixty_plus),
            "list_date": day.isoformat(),
            "grade": self._grade(day),
        }
        return row | (_money(self.reports[at - 1]) if at else {})

    def _people(self, day: date) -> Iterator[Person]:
        gone = {left.row for each in self.reports for left in each.left if left.on <= day}
        for row, person in enumerate(self.history.club.roster, 1):
            if row not in gone:
                yield person
        for report in self.reports:
            yield from (each for each in report.joined if each.joined_on <= day)

    def _grade(self, day: date) -> str:
        visits = [each for each in self.history.inspections if each.visit_date <= day]
        last = max(visits, key=lambda each: each.visit_date, default=None)
        return self.grades.get(last.sent.root, "") if last else ""

    @cached_property
    def members(self) -> Mapping[str, Row]:
        """Give the rows of the first roster by code."""
        club, rows = self.history.club, {}
        for number, person in enumerate(club.roster, 1):
            code = self.codes.member(club, number)
            label = f"{code.removeprefix(self.code + '-')} {initials(person.name)}"
            rows[code] = {"name": code, "label": label, "club": self.code}
        return rows

    def loan(self, code: str, day: date) -> Row:
        """Give the row of an open loan at the end of a day; nothing when it is not open."""
        loan = self._loans.get(code)
        if loan is None or loan.lent_on > day:
            return {}
        events = [event for event in loan.events if event.on <= day]
        outstanding = loan.amount - sum(event.principal for event in events)
        if outstanding <= 0:
            return {}
        due = next((event.new_due_on for event in reversed(events) if event.new_due_on), None)
        who = initials(self.history.club.roster[loan.borrower - 1].name)
        return {
            "name": code,
            "label": f"{code.removeprefix(self.code + '-')} {who} {loan.lent_on:%d/%m/%Y}",
            "club": self.code,
            "outstanding": str(outstanding),
            "due_on": (due or loan.due_on).isoformat(),
        }

    @cached_property
    def _loans(self) -> Mapping[str, Loan]:
        return {self.codes.loans[loan.sent.root]: loan for loan in self.history.loans}


def _order(report: Report) -> tuple[object, ...]:
    return (report.replaces, report.sent.end, report.sent.root)


def _money(report: Report) -> dict[str, str]:
    income, operating = report.income, report.operating
    return {
        "last_month": f"{report.month:%Y-%m}",
        "closing_cash": str(income.closing_cash),
        "closing_bank": str(income.closing_bank),
        "loans_outstanding": str(report.debts.outstanding),
        "operating_cash": str(operating.closing_cash),
        "operating_bank": str(operating.closing_bank),
    }


@dataclass
class Phone:
    """A phone on which a club's forms are filled: the context of their expressions.

    Args:
        lists: the club's lists.
        labels: labels of choices by question.
        list_day: the day of the lists; None when they are still empty.
        today: the day of filling.
        root: root uuid of what is filled.
    """

    lists: ClubLists
    labels: Mapping[str, Mapping[str, str]]
    list_day: date | None
    today: str = ""
    root: str = ""

    @property
    def uuid(self) -> str:
        """Give a uuid that belongs to the submission."""
        return str(uuid5(NAMESPACE_URL, self.root))

    def rows(self, file: str) -> Sequence[Row]:
        """Give the club's rows of a list."""
        if self.list_day is None:
            return ()
        if file == "clubs":
            return (self._club,)
        return tuple(self.lists.members.values()) if file == "members" else ()

    def pull(self, file: str, column: str, key: str, value: str) -> str:
        """Give a value from a list, empty when there is none."""
        if file == "norms":
            return NORMS[value][column]
        if self.list_day is None:
            return ""
        if file == "clubs":
            return self._club.get(column, "") if self._club[key] == value else ""
        if file == "members":
            return self.lists.members.get(value, {}).get(column, "")
        return self.lists.loan(value, self.list_day).get(column, "")

    @cached_property
    def _club(self) -> Row:
        assert self.list_day is not None
        return self.lists.club(self.list_day)

    def label(self, value: str, question: str) -> str:
        """Give the label of a choice; the question as ``${name}``."""
        return self.labels.get(question.strip("${}"), {}).get(value, "")


def _norms() -> Mapping[str, Row]:
    text = (shipped() / "xlsforms" / "norms.csv").read_text(encoding="utf-8-sig")
    return {row["name"]: row for row in DictReader(text.splitlines())}


NORMS = _norms()
