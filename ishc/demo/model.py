"""What a club history is made of; plain frozen records, money in thousand đồng."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Sex = Literal["female", "male"]
Household = Literal["poor", "near_poor", "disadvantaged", "none"]
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

AREAS = (
    "income",
    "health",
    "home_care",
    "self_help",
    "rights",
    "awareness",
    "culture",
    "resources",
)
STRANDS = ("digital", "green", "startup", "jobs")
VULNERABLE = frozenset({"poor", "near_poor", "disadvantaged"})
OLDER = 60  # years; age = year of report − year born


@dataclass(frozen=True, slots=True)
class Place:
    """Where a club is: today's commune by code, and the commune it came from."""

    province: str
    commune: str
    old_commune: str = ""
    old_district: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """How one submission was made: its root uuid, when it was finished, on which phone."""

    root: str
    end: datetime
    minutes: int
    device: str


@dataclass(frozen=True, slots=True)
class Person:
    """A member; listed by name only with a consent."""

    name: str
    sex: Sex
    birth_year: int
    household: Household
    needs: bool
    volunteer: bool
    joined_on: date
    consent: str
    consent_number: str

    def is_older(self, year: int) -> bool:
        """Tell whether the person is an older person (60 and over) in a year."""
        return year - self.birth_year >= OLDER


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Members who are counted and never named."""

    total: int = 0
    women: int = 0
    sixty_plus: int = 0
    women_sixty_plus: int = 0


@dataclass(frozen=True, slots=True)
class BoardMember:
    """One of the club's board."""

    name: str
    sex: Sex
    birth_year: int
    role: str
    phone: str
    since: date


@dataclass(frozen=True, slots=True)
class Club:
    """A club as it is registered, with its roster on that day.

    Args:
        number: position among all clubs, from 0.
        quality: how well it is run, 0 to 1; drives attendance, activities and inspections.
        roster: members listed by name, in the order of the form's repeat.
        start_income: first income fund by source, thousand đồng.
        start_operating: first operating fund by source, thousand đồng.
    """

    number: int
    sent: Sent
    place: Place
    name: str
    villages: tuple[str, ...]
    founded_on: date
    decision_number: str
    decision_date: date
    meeting_day: int
    meeting_place: str
    point: tuple[float, float] | None
    quality: float
    board: tuple[BoardMember, ...]
    roster: tuple[Person, ...]
    unlisted: Unlisted
    start_income: Mapping[str, int]
    start_operating: Mapping[str, int]


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
    planted: tuple[Planted, ...] = field(default=())
