"""What happens to clubs: reports, loans, visits; plain frozen records, money in thousand đồng."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ishc.demo.model import Club, Household, Person, Sent

Fault = Literal[
    "reported_twice",
    "unregistered",
    "closing_difference",
    "opening_difference",
    "repaid_too_much",
    "never_inspected",
    "month_missing",
    "does_not_fit",
]


@dataclass(frozen=True, slots=True)
class Left:
    """A member who left; ``row`` is the row in the registration's roster, from 1."""

    row: int
    how: str
    on: date


@dataclass(frozen=True, slots=True)
class Changed:
    """A member whose household's class changed."""

    row: int
    household: Household
    needs: bool


@dataclass(frozen=True, slots=True)
class CashBook:
    """One fund in one month, thousand đồng; closing is what was counted."""

    opening_cash: int
    opening_bank: int
    flows_in: Mapping[str, int]
    flows_out: Mapping[str, int]
    closing_cash: int
    closing_bank: int

    @property
    def expected(self) -> int:
        """Opening plus in minus out."""
        flows = sum(self.flows_in.values()) - sum(self.flows_out.values())
        return self.opening_cash + self.opening_bank + flows

    @property
    def counted(self) -> int:
        """Cash counted and bank balance."""
        return self.closing_cash + self.closing_bank

    @property
    def difference(self) -> int:
        """Counted minus expected; 0 in an honest book."""
        return self.counted - self.expected


@dataclass(frozen=True, slots=True)
class Debts:
    """Loans in one month: money and goods in thousand đồng, and how many loans."""

    opening: int = 0
    lent: int = 0
    principal: int = 0
    written_off: int = 0
    goods_opening: int = 0
    goods_lent: int = 0
    goods_repaid: int = 0
    lent_count: int = 0
    open_count: int = 0
    overdue_count: int = 0

    @property
    def outstanding(self) -> int:
        """Money lent and not yet repaid or written off, thousand đồng."""
        return self.opening + self.lent - self.principal - self.written_off

    @property
    def goods_outstanding(self) -> int:
        """Value of goods lent and not yet given back, thousand đồng."""
        return self.goods_opening + self.goods_lent - self.goods_repaid


@dataclass(frozen=True, slots=True)
class Meeting:
    """The monthly meeting, or why there was none."""

    held_on: date | None
    no_meeting_reason: str
    attendance: int
    women: int
    sixty_plus: int
    areas: tuple[str, ...]
    strands: Mapping[str, tuple[str, ...]]
    digital_lesson: bool
    green_lesson: bool


@dataclass(frozen=True, slots=True)
class Report:
    """One monthly activity report as it was sent.

    Args:
        quarter: the quarterly pages by question name; empty in other months.
        club_words: name of a club that is not in the list; empty for registered clubs.
        misfit: question and the text that a faulty client sent for it.
    """

    sent: Sent
    month: date
    reporter: int
    meeting: Meeting
    joined: tuple[Person, ...]
    left: tuple[Left, ...]
    changed: tuple[Changed, ...]
    income: CashBook
    operating: CashBook
    debts: Debts
    quarter: Mapping[str, int]
    difficulty: str = ""
    replaces: bool = False
    club_words: str = ""
    misfit: tuple[str, str] | None = None
    photo: bool = False


@dataclass(frozen=True, slots=True)
class LoanEvent:
    """Something that happened to a loan after it was lent, thousand đồng."""

    sent: Sent
    event: Literal["repaid", "rescheduled", "written_off"]
    on: date
    principal: int = 0
    interest: int = 0
    last: bool = False
    income_change: str = ""
    new_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Loan:
    """One loan to a member in need; ``borrower`` is the row in the roster, from 1."""

    sent: Sent
    borrower: int
    goods: bool
    amount: int
    goods_words: str
    purpose: str
    interest_percent_month: float
    term_months: int
    equal_parts: bool
    guarantor_group: bool
    lent_on: date
    due_on: date
    events: tuple[LoanEvent, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """One visit, with the answers of the checklist by question name."""

    sent: Sent
    visit_date: date
    level: str
    answers: Mapping[str, str]
    chosen: Mapping[str, tuple[str, ...]]
    recommendations: tuple[tuple[str, str, date], ...]
    members_missing: int
    cash_missing: int
    loans_sampled: int


@dataclass(frozen=True, slots=True)
class Training:
    """One training of a club's board; cost in thousand đồng, ``members`` beside the board."""

    sent: Sent
    kind: Literal["initial", "refresher"]
    level: str
    starts_on: date
    days: int
    themes: tuple[str, ...]
    cost: int
    members: int

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.starts_on + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault put in on purpose: what a check has to find, and where."""

    fault: Fault
    club: int
    month: date | None
    root: str | None


@dataclass(frozen=True, slots=True)
class ClubHistory:
    """Everything that one club sent, and what is wrong with it on purpose."""

    club: Club
    reports: tuple[Report, ...]
    loans: tuple[Loan, ...]
    inspections: tuple[Inspection, ...]
    trainings: tuple[Training, ...] = ()
    planted: tuple[Planted, ...] = ()
