"""The one seeded generator of club histories: for the demo, planted faults and benchmarks.

Pure: no file, no clock. Each club has its own chance, seeded by the plan's seed and the club's
number, so histories stream one by one and any range of clubs can be made alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import log
from random import Random

from ishc.demo import activity, ledger, lending, people, visits
from ishc.demo.faults import plant
from ishc.demo.happened import CashBook, ClubHistory, Debts, Inspection, Loan, Report
from ishc.demo.membership import Membership, draw_membership
from ishc.demo.model import Club, Place
from ishc.demo.names import club_name, village_names
from ishc.demo.plan import Assigned, Plan, add_months, numbered, share, share_of_borrowers
from ishc.demo.stamps import draw_device, stamp
from ishc.demo.trainings import draw_trainings

QUARTER = 3  # months


def histories(plan: Plan) -> Iterator[ClubHistory]:
    """Make up every club's history, one after the other.

    Args:
        plan: parameters; equal plans give equal histories.
    """
    for number, place, assigned in numbered(plan):
        yield club_history(plan, number, place, assigned)


def club_history(plan: Plan, number: int, place: Place, assigned: Assigned) -> ClubHistory:
    """Make up one club: who is in it, twelve (or more) months, loans, visits, planted faults."""
    rng = Random(f"{plan.seed}/{number}")
    membership = draw_membership(rng, plan, number, assigned)
    club = _draw_club(rng, plan, number, place, membership)
    loans = _draw_loans(rng, plan, club, membership, assigned)
    year = _draw_year(rng, plan, club, membership, loans, assigned)
    reports = tuple(_draw_reports(rng, plan, club, membership, year))
    inspections = tuple(_draw_inspections(rng, plan, club, year))
    trainings = tuple(draw_trainings(plan, club))
    honest = ClubHistory(club, reports, loans, inspections, trainings)
    return plant(rng, honest, assigned, plan.calendar)


def _draw_club(rng: Random, plan: Plan, number: int, place: Place, membership: Membership) -> Club:
    villages = village_names(rng, rng.randint(1, 3))
    quality = rng.betavariate(4, 3.4)
    decided = membership.founded_on - timedelta(days=rng.randint(3, 20))
    end = datetime.combine(membership.registered, time(rng.randint(8, 20), rng.randrange(60)))
    fund = round(rng.lognormvariate(log(29_000), 0.5) / 100) * 100
    return Club(
        number=number,
        sent=stamp(rng, end, 40, draw_device(rng)),
        place=place,
        name=club_name(villages[0], number),
        villages=villages,
        founded_on=membership.founded_on,
        decision_number=f"{rng.randint(11, 480)}/QĐ-UBND",
        decision_date=decided,
        meeting_day=membership.meeting_day,
        meeting_place=f"Nhà văn hóa {villages[0]}",
        point=(rng.uniform(21.62, 22.12), rng.uniform(106.42, 107.02)),
        quality=quality,
        board=people.draw_board(rng, membership.roster, number, membership.founded_on),
        roster=membership.roster,
        unlisted=membership.unlisted,
        start_income=_start_funds(rng, min(max(fund, 8_000), 90_000)),
        start_operating={"members": rng.randrange(300, 1_500, 50), "other": 500},
    )


def _start_funds(rng: Random, fund: int) -> dict[str, int]:
    members = rng.randrange(500, 3_000, 100)
    state = round((fund - members) * rng.uniform(0.2, 0.6) / 100) * 100
    organisations = round((fund - members - state) * rng.uniform(0.3, 0.9) / 100) * 100
    rest = fund - members - state - organisations
    return {
        "members": members,
        "state": state,
        "organisations": organisations,
        "community": rest,
    }


def _draw_loans(
    rng: Random, plan: Plan, club: Club, membership: Membership, assigned: Assigned
) -> tuple[Loan, ...]:
    wanted = share_of_borrowers(plan, club.number)
    if not wanted:
        return ()
    needy = [row for row, person in enumerate(club.roster, 1) if person.needs]
    borrowers = rng.sample(needy, wanted)
    device = club.sent.device
    rates: Sequence[float] = lending.RATES
    if plan.one_rate:
        rates = rates[club.number % len(rates) :][:1]
    loans = lending.draw_loans(
        rng, borrowers, plan.calendar, membership.meeting_day, device, plan.turns, rates
    )
    if assigned.repaid_too_much:  # a write-off would hide which record is wrong
        return loans
    return tuple(_lost(rng, plan, loan) for loan in loans)


def _lost(rng: Random, plan: Plan, loan: Loan) -> Loan:
    """Write off one loan in about thirty, near the end."""
    on = plan.calendar[-2].replace(day=loan.lent_on.day)
    repaid = sum(event.principal for event in loan.events if event.on < on)
    if loan.goods or loan.lent_on >= on or repaid == loan.amount or rng.random() > 1 / 30:
        return loan
    return lending.write_off(rng, loan, on)


@dataclass(frozen=True, slots=True)
class _Year:
    """A club's money and the months it reports."""

    reported: tuple[int, ...]
    raised: Sequence[ledger.Raised]
    debts: tuple[Debts, ...]
    income: tuple[CashBook, ...]
    operating: tuple[CashBook, ...]


def _draw_year(
    rng: Random,
    plan: Plan,
    club: Club,
    membership: Membership,
    loans: Sequence[Loan],
    assigned: Assigned,
) -> _Year:
    months = plan.calendar
    debts = lending.monthly_debts(loans, months)
    interest = lending.interest_by_month(loans)
    raised = ledger.draw_raised(
        rng,
        [size.total for size in membership.sizes],
        [interest.get(month, 0) for month in months],
        club.quality,
    )
    reported = tuple(place for place in range(len(months)) if place not in assigned.missing)
    counting = sorted({one for place in reported for one in quarter_of(months, place)})
    ledger.donate(rng, raised, counting, share(plan.mobilised, plan.clubs, club.number))
    income = ledger.income_books(
        rng, _opening(rng, club, loans), raised, debts, _slips(rng, assigned)
    )
    start = ledger.Opening(rng.randrange(200, 1_200, 50), rng.randrange(0, 3_000, 100))
    operating = ledger.operating_books(rng, start, raised, club.quality)
    return _Year(reported, raised, debts, income, operating)


def quarter_of(months: Sequence[date], place: int) -> range:
    """Give the positions of the months that the quarterly pages of a month speak of."""
    if months[place].month % QUARTER:
        return range(0)
    return range(max(0, place - QUARTER + 1), place + 1)


def _opening(rng: Random, club: Club, loans: Sequence[Loan]) -> ledger.Opening:
    """Let the fund have grown since the founding, enough for what it will lend."""
    years = (club.sent.end.date() - club.founded_on).days / 365
    grown = round(sum(club.start_income.values()) * (1 + 0.07 * years * rng.random() * 2))
    needed = sum(loan.amount for loan in loans if not loan.goods) + 2_000
    cash = rng.randrange(500, 2_500, 100)
    return ledger.Opening(cash, max(grown, needed) - cash)


def _slips(rng: Random, assigned: Assigned) -> ledger.Slips:
    amount = rng.randrange(150, 900, 50)
    counted, opening = assigned.at.get("closing_difference"), assigned.at.get("opening_difference")
    return ledger.Slips(
        {} if counted is None else {counted: amount},
        {} if opening is None else {opening: amount},
    )


def _draw_reports(
    rng: Random, plan: Plan, club: Club, membership: Membership, year: _Year
) -> Iterator[Report]:
    for place in year.reported:
        size = membership.sizes[place]
        meeting = activity.draw_meeting(
            rng, plan.calendar[place], club.meeting_day, size, club.quality
        )
        end = _report_time(rng, plan, place)
        yield Report(
            sent=stamp(rng, end, 12, club.sent.device),
            month=plan.calendar[place],
            reporter=rng.choice((0, 0, 2, 2, 3)),
            meeting=meeting,
            joined=membership.joined.get(place, ()),
            left=membership.left.get(place, ()),
            changed=membership.changed.get(place, ()),
            income=year.income[place],
            operating=year.operating[place],
            debts=year.debts[place],
            quarter=_quarter_page(rng, plan, club, size, year, place),
            difficulty=rng.choice(activity.DIFFICULTIES) if rng.random() < 0.06 else "",
        )


def _report_time(rng: Random, plan: Plan, place: int) -> datetime:
    """Report at the month's end, sometimes late; never after the last month."""
    month = plan.calendar[place]
    late = place + 1 < plan.months and rng.random() < 0.12
    day = add_months(month, 1).replace(day=rng.randint(2, 7)) if late else None
    day = day or month.replace(day=rng.randint(26, 28))
    return datetime.combine(day, time(rng.randint(7, 20), 30 + rng.randrange(29)))


def _quarter_page(
    rng: Random, plan: Plan, club: Club, size: activity.Size, year: _Year, place: int
) -> Mapping[str, int]:
    quarter = quarter_of(plan.calendar, place)
    if not quarter:
        return {}
    raised = [year.raised[one] for one in quarter]
    lent = sum(year.debts[one].lent_count for one in quarter)
    volunteers = sum(person.volunteer for person in club.roster)
    return activity.quarter_page(rng, size, raised, lent, club.quality, volunteers)


def _draw_inspections(rng: Random, plan: Plan, club: Club, year: _Year) -> Iterator[Inspection]:
    wanted = share(plan.inspections, plan.clubs, club.number)
    for step in range(wanted):
        first, last = (plan.months * part // wanted for part in (step, step + 1))
        place = rng.randrange(max(first, 1), min(last, plan.months - 1))
        debts = year.debts[place]
        fund = year.income[place].counted + debts.outstanding + debts.goods_outstanding
        volunteers = sum(person.volunteer for person in club.roster)
        open_loans = min(debts.open_count, year.debts[place - 1].open_count)
        yield visits.draw_inspection(
            rng, plan.calendar[place], club.quality, fund, volunteers, open_loans
        )
