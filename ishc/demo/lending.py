"""Loans to members in need and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from random import Random

from ishc.demo.happened import Debts, Loan, LoanEvent
from ishc.demo.model import Sent
from ishc.demo.plan import add_months
from ishc.demo.stamps import stamp

PURPOSES = ("livestock", "livestock", "crops", "trade", "craft", "services")
RATES = (0.5, 0.7, 0.8, 1.0)  # per cent a month
LATE_DAYS = 30
NEVER_PAY, PAY_LATER = 0.06, 0.3  # chances; the second is of loans due at the end, with the first
PAID_BEFORE_STOPPING = 2  # parts
NEXT_TERM = 6  # months, of every turn after the first


def draw_loans(
    rng: Random,
    borrowers: Sequence[int],
    months: Sequence[date],
    day: int,
    device: str,
    turns: int = 2,
    rates: Sequence[float] = RATES,
) -> tuple[Loan, ...]:
    """Lend to each borrower once; some take another turn after repaying the one before.

    Args:
        borrowers: rows in the roster.
        months: the calendar; loans are lent and repaid on the meeting day.
        day: meeting day of the month.
        device: the phone that sends the loan records.
        turns: how often one can borrow.
        rates: interest to choose from, per cent a month.
    """
    loans: list[Loan] = []
    last_start = max(len(months) - 4, 1)
    for place, borrower in enumerate(borrowers):
        start = rng.randrange(0, 3) if place == 0 else rng.randrange(0, last_start)
        term = rng.choice((6, 6, 9, 10, 12))
        loans.append(
            _draw_loan(rng, borrower, months, start, term, day, device, rates, parts=place == 0)
        )
        again = start + term + 1
        for _ in range(turns - 1):
            last = loans[-1]
            if not (last.events and last.events[-1].last and again < len(months)):
                break
            loans.append(
                _draw_loan(rng, borrower, months, again, NEXT_TERM, day, device, rates, parts=True)
            )
            again += NEXT_TERM + 1
    return tuple(loans)


def _draw_loan(
    rng: Random,
    borrower: int,
    months: Sequence[date],
    start: int,
    term: int,
    day: int,
    device: str,
    rates: Sequence[float],
    *,
    parts: bool,
) -> Loan:
    goods = not parts and rng.random() < 0.15
    equal_parts = parts or (not goods and rng.random() < 0.5)
    lent_on = months[start].replace(day=day)
    loan = Loan(
        sent=stamp(rng, datetime.combine(lent_on, time(16, rng.randrange(60))), 6, device),
        borrower=borrower,
        goods=goods,
        amount=rng.randrange(40, 121, 5) * 100,
        goods_words="một con bê giống" if goods else "",
        purpose="livestock" if goods else rng.choice(PURPOSES),
        interest_percent_month=0.0 if goods else rng.choice(rates),
        term_months=term,
        equal_parts=equal_parts,
        guarantor_group=rng.random() < 0.6,
        lent_on=lent_on,
        due_on=add_months(lent_on, term),
        events=(),
    )
    return replace(loan, events=_draw_events(rng, loan, months, start, device))


def _draw_events(
    rng: Random, loan: Loan, months: Sequence[date], start: int, device: str
) -> tuple[LoanEvent, ...]:
    """Repay month by month or at the end, as far as the calendar goes; some pay late."""
    fate = rng.random()
    events: list[LoanEvent] = []
    rest = loan.amount
    steps = range(1, loan.term_months + 1) if loan.equal_parts else (loan.term_months,)
    for step in steps:
        stops = fate < NEVER_PAY and not (loan.equal_parts and step <= PAID_BEFORE_STOPPING)
        if start + step >= len(months) or stops or not rest:
            break
        on = months[start + step].replace(day=loan.lent_on.day)
        if fate < PAY_LATER and not loan.equal_parts:
            events.append(_reschedule(rng, loan, on, device))
            break
        events.append(_repay(rng, loan, on, rest, device))
        rest -= events[-1].principal
    return tuple(events)


def _repay(rng: Random, loan: Loan, on: date, rest: int, device: str) -> LoanEvent:
    part = -(-loan.amount // loan.term_months // 10) * 10 if loan.equal_parts else loan.amount
    months_of_interest = 1 if loan.equal_parts else loan.term_months
    last = part >= rest
    return LoanEvent(
        sent=_stamp(rng, on, device),
        event="repaid",
        on=on,
        principal=min(part, rest),
        interest=round(rest * loan.interest_percent_month / 100 * months_of_interest),
        last=last,
        income_change=rng.choice(("better", "better", "same")) if last else "",
    )


def _reschedule(rng: Random, loan: Loan, on: date, device: str) -> LoanEvent:
    new_due = add_months(loan.due_on, 6)
    return LoanEvent(sent=_stamp(rng, on, device), event="rescheduled", on=on, new_due_on=new_due)


def _stamp(rng: Random, on: date, device: str) -> Sent:
    return stamp(rng, datetime.combine(on, time(17, rng.randrange(60))), 4, device)


def write_off(rng: Random, loan: Loan, on: date) -> Loan:
    """End a loan by writing off what is outstanding."""
    kept = tuple(event for event in loan.events if event.on < on)
    rest = loan.amount - sum(event.principal for event in kept)
    gone = LoanEvent(
        sent=_stamp(rng, on, loan.sent.device), event="written_off", on=on, principal=rest
    )
    return replace(loan, events=(*kept, gone))


def monthly_debts(loans: Sequence[Loan], months: Sequence[date]) -> tuple[Debts, ...]:
    """Sum a club's loans up by month, for the monthly reports."""
    result: list[Debts] = []
    money = goods = 0
    for month in months:
        end = add_months(month, 1)
        debts = _month_of(loans, month, end, money, goods)
        money, goods = debts.outstanding, debts.goods_outstanding
        result.append(debts)
    return tuple(result)


def _month_of(loans: Sequence[Loan], month: date, end: date, money: int, goods: int) -> Debts:
    sums = dict.fromkeys(("lent", "principal", "written_off", "goods_lent", "goods_repaid"), 0)
    lent_count = open_count = overdue_count = 0
    for loan in loans:
        if loan.lent_on >= end:
            continue
        if loan.lent_on >= month:
            sums["goods_lent" if loan.goods else "lent"] += loan.amount
            lent_count += 1
        rest = loan.amount
        due_on = loan.due_on
        for event in loan.events:
            if event.on >= end:
                break
            rest -= event.principal
            due_on = event.new_due_on or due_on
            if event.on >= month and event.principal:
                sums[_line(loan, event)] += event.principal
        open_count += rest > 0
        overdue_count += rest > 0 and (end - due_on).days > LATE_DAYS
    return Debts(
        opening=money,
        goods_opening=goods,
        lent_count=lent_count,
        open_count=open_count,
        overdue_count=overdue_count,
        **sums,
    )


def _line(loan: Loan, event: LoanEvent) -> str:
    if loan.goods:
        return "goods_repaid"
    return "written_off" if event.event == "written_off" else "principal"


def interest_by_month(loans: Sequence[Loan]) -> Mapping[date, int]:
    """Sum the interest received by month (its first day), thousand đồng."""
    received: dict[date, int] = {}
    for loan in loans:
        for event in loan.events:
            month = event.on.replace(day=1)
            received[month] = received.get(month, 0) + event.interest
    return received


def repay_too_much(loan: Loan) -> tuple[Loan, LoanEvent]:
    """Plant a repayment above what is outstanding: the last record has the whole loan on top."""
    last = loan.events[-1]
    wrong = replace(last, principal=last.principal + loan.amount)
    return replace(loan, events=(*loan.events[:-1], wrong)), wrong
