"""How large a made-up world is, how long it runs and what is wrong with it on purpose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Literal

from ishc.demo.happened import Fault
from ishc.demo.model import Place

EDGE = 2  # months at both ends without planted faults, so that each has neighbours to compare


@dataclass(frozen=True, slots=True)
class Plan:
    """Parameters of the generator; equal parameters give equal histories.

    Args:
        seed: chooses one world among many.
        places: one place a club, in order.
        first_month: first month that is reported, its first day.
        months: how many months.
        members: members of all clubs together at the end, after joins and leaves.
        borrowers: distinct members in need who get a loan, in clubs that lend.
        inspections: visits of all clubs together, a club's spread over the months.
        mobilised: money raised in all reported quarters, thousand đồng; raised by donations
            up to this sum, never lowered.
        founded: first and last possible founding day.
        faults: how often each fault is planted.
        replacements: reports sent again as a replacement: right, and no fault.
        lending_every: of so many clubs one lends.
        turns: how often a member can borrow, one loan after the other.
        trainings: of all clubs together, at most one a club and month.
        one_rate: a club asks the same interest of everybody.
    """

    seed: int
    places: Sequence[Place]
    first_month: date
    months: int
    members: int
    borrowers: int
    inspections: int
    mobilised: int
    founded: tuple[date, date] = (date(2017, 3, 1), date(2024, 11, 30))
    faults: Mapping[Fault, int] = field(default_factory=dict)
    replacements: int = 0
    lending_every: int = 2
    turns: int = 2
    trainings: int = 0
    one_rate: bool = False

    @property
    def clubs(self) -> int:
        """How many registered clubs."""
        return len(self.places)

    @property
    def calendar(self) -> tuple[date, ...]:
        """First days of the reported months, in order."""
        return _calendar(self.first_month, self.months)

    @property
    def as_of(self) -> date:
        """Last day of the last month: everything in the history happened by then."""
        return add_months(self.first_month, self.months) - timedelta(days=1)


@lru_cache
def _calendar(first: date, months: int) -> tuple[date, ...]:
    return tuple(add_months(first, step) for step in range(months))


def add_months(month: date, count: int) -> date:
    """Give the same day ``count`` months later; only for days up to the 28th."""
    years, index = divmod(month.month - 1 + count, 12)
    return month.replace(year=month.year + years, month=index + 1)


def share(total: int, parts: int, index: int) -> int:
    """Give part ``index`` of a total cut into nearly equal whole parts; the parts add up."""
    return total * (index + 1) // parts - total * index // parts


Slip = Fault | Literal["replaced"]
MONTHLY: tuple[Fault, ...] = (
    "reported_twice",
    "closing_difference",
    "opening_difference",
    "does_not_fit",
    "unregistered",
)


@dataclass(frozen=True, slots=True)
class Assigned:
    """What one club has to do wrong.

    Args:
        missing: positions in the calendar without a report.
        at: faults that happen in one month, with the month's position in the calendar;
            a replaced report is in it too, though it is none.
        repaid_too_much: one repayment is above what is outstanding.
    """

    missing: frozenset[int] = frozenset()
    at: Mapping[Slip, int] = field(default_factory=dict)
    repaid_too_much: bool = False


NOTHING = Assigned()


def assign(plan: Plan) -> dict[int, Assigned]:
    """Spread the planted faults over clubs: at most one kind a club, so that none hides another.

    Raises:
        ValueError: when there are more faults than clubs to carry them.
    """
    rng = Random(f"{plan.seed}/faults")
    lenders = [number for number in range(plan.clubs) if lends(plan, number)]
    rng.shuffle(lenders)
    wrong_loans = lenders[: plan.faults.get("repaid_too_much", 0)]
    assigned = {number: Assigned(repaid_too_much=True) for number in wrong_loans}
    free = [number for number in range(plan.clubs) if number not in assigned]
    rng.shuffle(free)
    slips: list[Slip] = ["replaced"] * plan.replacements
    for fault in MONTHLY:
        slips += [fault] * plan.faults.get(fault, 0)
    for slip in slips:
        assigned[_take(free)] = Assigned(at={slip: rng.randrange(EDGE, plan.months - EDGE)})
    missing = plan.faults.get("month_missing", 0)
    while missing:
        months = min(missing, rng.choice((1, 1, 2)))
        start = rng.randrange(EDGE, plan.months - EDGE - months + 1)
        assigned[_take(free)] = Assigned(missing=frozenset(range(start, start + months)))
        missing -= months
    return assigned


def _take(free: list[int]) -> int:
    if not free:
        raise ValueError("more planted faults than clubs to carry them")
    return free.pop()


def lends(plan: Plan, number: int) -> bool:
    """Tell whether a club has borrowers: one of ``lending_every`` lends."""
    return share_of_borrowers(plan, number) > 0


def share_of_borrowers(plan: Plan, number: int) -> int:
    """How many borrowers a club has."""
    place, rest = divmod(number, plan.lending_every)
    lenders = -(-plan.clubs // plan.lending_every)
    return 0 if rest else share(plan.borrowers, lenders, place)


def numbered(plan: Plan) -> Iterator[tuple[int, Place, Assigned]]:
    """Give every club's number, place and what it has to do wrong."""
    assigned = assign(plan)
    for number, place in enumerate(plan.places):
        yield number, place, assigned.get(number, NOTHING)
