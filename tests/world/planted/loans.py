"""Faults of loans; and look-alikes."""

from datetime import date, timedelta
from random import Random

from ishc.demo.drafts import Draft
from ishc.demo.happened import ClubHistory, Loan
from ishc.demo.lending import LATE_DAYS
from ishc.demo.plan import Assigned
from tests.world.planted.truth import Planted
from tests.world.planted.work import LOAN, Kind, Work

DIFFER = "report_loans_differ"


def overdue(history: ClubHistory, club: str, as_of: date) -> list[Planted]:
    """Give the loans of an honest club that are long past their due day: findings, too."""
    return [
        Planted("loan_overdue", LOAN, loan.sent.root, club)
        for loan in history.loans
        if _rest(loan) > 0 and (as_of - _due(loan)).days > LATE_DAYS
    ]


def _rest(loan: Loan) -> int:
    return loan.amount - sum(event.principal for event in loan.events)


def _due(loan: Loan) -> date:
    moved = [event.new_due_on for event in loan.events if event.new_due_on]
    return moved[-1] if moved else loan.due_on


def _too_much(_rng: Random, _months: int) -> Assigned:
    return Assigned(repaid_too_much=True)


def _paid_too_much(work: Work) -> None:
    work.follows(DIFFER, "amount_negative")


def _repayment(work: Work) -> tuple[Loan, Draft]:
    """Give a loan that was repaid in one go or in parts, and the record of its last part."""
    loan = max(
        (one for one in work.history.loans if any(each.principal for each in one.events)),
        key=lambda one: one.events[-1].on,
    )
    root = next(each for each in reversed(loan.events) if each.principal).sent.root
    return loan, next(each for each in work.drafts(LOAN) if each.sent.root == root)


def _before_lent(work: Work) -> None:
    loan, draft = _repayment(work)
    wrong = work.answer(draft, repaid_on=(loan.lent_on - timedelta(days=12)).isoformat())
    work.plant("loan_repaid_before_lent", wrong, "repaid_on")
    work.follows(DIFFER)


def _lent(work: Work) -> list[Draft]:
    """Give the records of lending, the last one last in the order of loan numbers."""
    records = work.drafts(LOAN, event="lent")
    return sorted(records, key=lambda each: (str(each.answers["lent_on"]), each.sent.root))


def _stranger(work: Work) -> None:
    draft = _lent(work)[-1]
    other = next(code for code in sorted(work.codes.members.values()) if work.code not in code)
    wrong = work.answer(draft, borrower=other)
    work.plant("loan_borrower_not_member", wrong, "borrower")


def _twice(work: Work) -> None:
    draft = _lent(work)[-1]
    twin = work.again(draft, after=draft.sent.root)
    work.plant("loan_lent_twice", twin, "amount")
    work.follows(DIFFER, "loan_overdue")


def _usurious(work: Work) -> None:
    draft = next(each for each in _lent(work) if each.answers["loan_kind"] == "money")
    wrong = work.answer(draft, interest_percent_month="2.5")
    work.plant("loan_interest_above_cap", wrong, "interest_percent_month")
    work.plant("loan_interest_unusual", wrong, "interest_percent_month", consequence=True)


def _unusual(work: Work) -> None:
    draft = next(each for each in reversed(_lent(work)) if each.answers["loan_kind"] == "money")
    wrong = work.answer(draft, interest_percent_month="1.6")
    work.plant("loan_interest_unusual", wrong, "interest_percent_month")


def _not_sent(work: Work) -> None:
    """A repayment is in the monthly report, and its own record was never sent."""
    _, draft = _repayment(work)
    work.remove(draft)
    month = date.fromisoformat(str(draft.answers["repaid_on"])).replace(day=1)
    for report in work.reports:
        told = date.fromisoformat(str(report.answers["month"]))
        if told >= month:
            work.plant(DIFFER, report, "loans_outstanding", consequence=told > month)
    work.follows("loan_overdue")


def _of_no_loan(work: Work) -> None:
    _, draft = _repayment(work)
    wrong = work.answer(
        draft,
        loan=None,
        loan_in_list="not_listed",
        loan_words="khoản vay của chị ở bản",
        loan_lent_on=(work.calendar[0] - timedelta(days=400)).isoformat(),
    )
    work.plant("loan_not_recorded", wrong, "loan")
    work.follows(DIFFER, "loan_overdue")


def _replaced(work: Work) -> None:
    """A repayment was sent with the wrong interest, and replaced."""
    _, draft = _repayment(work)
    day = str(draft.answers["repaid_on"])
    right = str(draft.answers["interest"])
    work.answer(draft, interest=str(int(right) + 9))
    work.again(draft, 20, interest=right, report_kind="replaces", replaced_date=day)


def _same_day(work: Work) -> None:
    """Two members borrow the same sum on one day."""
    first, *others = _lent(work)
    same = [each for each in others if each.answers["lent_on"] == first.answers["lent_on"]]
    for draft in same:
        work.answer(draft, purpose=first.answers["purpose"])


def _leaves_later(work: Work) -> None:
    """A borrower leaves some months after the loan was paid out."""
    loan = min(work.history.loans, key=lambda one: (one.lent_on, one.sent.root))
    draft = work.reports[-1]
    left = {
        "left_code": work.codes.member(work.history.club, loan.borrower),
        "left_how": "moved",
        "left_on": str(draft.answers["month"]),
    }
    kinds = dict.fromkeys([*draft.answers.get("change_kinds", ()), "left"])
    rows = [*draft.answers.get("left_member", ()), left]
    work.answer(draft, members_changed="yes", change_kinds=tuple(kinds), left_member=rows)


def _at_the_cap(work: Work) -> None:
    """Every loan of the club asks what the law just allows."""
    for draft in _lent(work):
        if draft.answers["loan_kind"] == "money":
            work.answer(draft, interest_percent_month="1.66")


def _two_sums(work: Work) -> None:
    """A member borrows money on the day on which the club also lends a calf to them."""
    draft = _lent(work)[-1]
    twin = work.again(draft, after=draft.sent.root, amount="1500", purpose="craft")
    if draft.answers["loan_kind"] == "money":
        work.answer(
            twin, loan_kind="goods", goods_words="một con bê giống", interest_percent_month="0"
        )
    work.follows(DIFFER, "loan_overdue")


FAULTS = (
    Kind("repaid too much", _paid_too_much, lends=True, assigned=_too_much),
    Kind("repaid before it was lent", _before_lent, lends=True),
    Kind("lent to a member of another club", _stranger, lends=True),
    Kind("lent twice", _twice, lends=True),
    Kind("above the legal cap", _usurious, lends=True),
    Kind("not the club's usual interest", _unusual, lends=True),
    Kind("a repayment without a record", _not_sent, lends=True),
    Kind("repaid what nobody lent", _of_no_loan, lends=True),
)
HARMLESS = (
    Kind("a repayment replaced", _replaced, lends=True),
    Kind("a borrower leaves later", _leaves_later, lends=True),
    Kind("interest at the legal cap", _at_the_cap, lends=True),
    Kind("one member, two loans on one day", _two_sums, lends=True),
    Kind("two borrow on one day", _same_day, lends=True),
)
