"""Loans, from the words."""

from fractions import Fraction

import pandas as pd

from tests.reports.oracle.registry import Target, is_true, oracle
from tests.reports.oracle.tally import Parts, Tally, count, distinct, total, total_of_rows
from tests.reports.oracle.truth import VULNERABLE, Truth


@oracle("need_supported")
def _need_supported(now: Truth, _: Target | None) -> Parts:
    """Borrowers in need served in the period, over members in need; each club counts its own."""
    helped = now.of_clubs(
        now.loans[is_true(now.loans["served"]) & is_true(now.loans["in_need"])], now.active
    )
    needy = now.people[is_true(now.people["needs_support"])]
    return Parts(_borrowers_of_clubs(helped, now), _or_clubs(count(needy), now))


@oracle("all_supported")
def _all_supported(now: Truth, _: Target | None) -> Parts:
    helped = now.of_clubs(now.loans[is_true(now.loans["served"])], now.active)
    return Parts(_borrowers_of_clubs(helped, now), total(now.sized, "members"))


def _borrowers_of_clubs(loans: pd.DataFrame, now: Truth) -> Tally:
    different = loans.drop_duplicates(["club_code", "borrower"])
    return _or_clubs(count(different), now)


def _or_clubs(counted: Tally, now: Truth) -> Tally:
    """Make a count unknown where there is no club at all, 0 where there are clubs."""
    codes = list(now.active["club_code"])
    return Tally(codes + counted.where, [0] * len(codes) + counted.values, "sum")


@oracle("outstanding_start")
def _at_start(now: Truth, _: Target | None) -> Parts:
    return Parts(total_of_rows(now.loans, "at_start"))


@oracle("loans_made")
def _loans_made(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.loans[is_true(now.loans["is_new"])]))


@oracle("loans_made_vnd")
def _lent(now: Truth, _: Target | None) -> Parts:
    """0 where there is no new loan."""
    new = is_true(now.loans["is_new"])
    amounts = now.loans["principal"].where(new, 0)
    return Parts(total_of_rows(now.loans.assign(amount=amounts.astype(object)), "amount"))


@oracle("average_loan")
def _average_loan(now: Truth, _: Target | None) -> Parts:
    new = now.loans[is_true(now.loans["is_new"])]
    return Parts(total(new, "principal"), count(new))


@oracle("borrowers")
def _borrowers(now: Truth, _: Target | None) -> Parts:
    return Parts(distinct(now.loans[is_true(now.loans["served"])], "borrower"))


@oracle("borrowers_women")
def _women_borrowing(now: Truth, _: Target | None) -> Parts:
    known = now.loans[is_true(now.loans["served"]) & now.loans["sex"].notna()]
    return Parts(distinct(known[known["sex"] == "female"], "borrower"), distinct(known, "borrower"))


for _code, _column in {
    "repaid": "repaid",
    "interest": "interest",
    "written_off": "written_off",
}.items():
    oracle(_code)(lambda now, _, column=_column: Parts(total_of_rows(now.loans, column)))


@oracle("outstanding")
def _outstanding(now: Truth, _: Target | None) -> Parts:
    return Parts(total_of_rows(now.loans, "left"), remark=total(now.loans, "beyond"))


@oracle("loans_open")
def _open(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.loans[is_true(now.loans["is_open"])]))


def _risky(now: Truth, days: int) -> pd.DataFrame:
    """Open loans more than so many days late, or rescheduled."""
    loans = now.loans
    late = loans["late"].map(lambda each: each > days).astype(bool)
    return loans[is_true(loans["is_open"]) & (late | is_true(loans["rescheduled"]))]


@oracle("par30")
def _par30(now: Truth, _: Target | None) -> Parts:
    return Parts(
        total(_risky(now, now.settings.risk_days), "left", else_0=True),
        total_of_rows(now.loans, "left"),
    )


@oracle("lar30")
def _lar30(now: Truth, _: Target | None) -> Parts:
    return Parts(count(_risky(now, now.settings.risk_days)),
                 count(now.loans[is_true(now.loans["is_open"])]))  # fmt: skip


@oracle("par90")
def _par90(now: Truth, _: Target | None) -> Parts:
    return Parts(total(_risky(now, now.settings.risk_days_long), "left", else_0=True),
                 total_of_rows(now.loans, "left"))  # fmt: skip


@oracle("current_recovery")
def _recovery(now: Truth, _: Target | None) -> Parts:
    """Of what fell due in the period, by each loan's last due date, what was repaid in it."""
    owed, paid = [], []
    for loan in now.loans.to_dict("records"):
        is_due = not pd.isna(loan["due"]) and now.start <= loan["due"] <= now.end
        amount = loan["principal"] if loan["is_new"] else loan["at_start"]
        amount = None if pd.isna(amount) else int(amount)
        owed.append(amount if is_due else 0)
        paid.append((None if amount is None else min(loan["repaid"], amount)) if is_due else 0)
    loans = now.loans.assign(owed=pd.Series(owed, now.loans.index, dtype=object),
                             paid=pd.Series(paid, now.loans.index, dtype=object))  # fmt: skip
    return Parts(total(loans, "paid"), total_of_rows(loans, "owed"))


def _a_year(now: Truth, column: str) -> Parts:
    """For a year, over the mean of the portfolio at start and end."""
    months = now.last_month - now.first_month + 1
    ends = zip(now.loans["at_start"], now.loans["left"], strict=True)
    both = [None if pd.isna(first) or pd.isna(last) else first + last for first, last in ends]
    loans = now.loans.assign(both=pd.Series(both, now.loans.index, dtype=object))
    return Parts(total(loans, column).times(12),
                 total_of_rows(loans, "both").times(Fraction(months, 2)))  # fmt: skip


@oracle("write_off_ratio")
def _written_off(now: Truth, _: Target | None) -> Parts:
    return _a_year(now, "written_off")


@oracle("yield")
def _yield(now: Truth, _: Target | None) -> Parts:
    return _a_year(now, "interest")


def _served(now: Truth) -> pd.DataFrame:
    return now.loans[is_true(now.loans["served"])]


@oracle("borrowers_poor")
def _poor_borrowers(now: Truth, _: Target | None) -> Parts:
    known = _served(now)
    known = known[known["household"].notna()]
    return Parts(distinct(known[known["household"].isin(VULNERABLE)], "borrower"),
                 distinct(known, "borrower"))  # fmt: skip


@oracle("borrowers_again")
def _again(now: Truth, _: Target | None) -> Parts:
    served = _served(now)
    return Parts(
        distinct(served[is_true(served["again"])], "borrower"), distinct(served, "borrower")
    )


@oracle("borrowers_in_need")
def _needy(now: Truth, _: Target | None) -> Parts:
    served = _served(now)
    return Parts(distinct(served[is_true(served["in_need"])], "borrower"))


def _still_open(now: Truth) -> pd.DataFrame:
    return now.loans[is_true(now.loans["is_open"])]


@oracle("average_outstanding")
def _average_left(now: Truth, _: Target | None) -> Parts:
    return Parts(total(_still_open(now), "left"), count(_still_open(now)))


@oracle("loans_goods")
def _goods(now: Truth, _: Target | None) -> Parts:
    new = now.loans[is_true(now.loans["is_new"])]
    return Parts(count(new[new["kind"] == "goods"]))


@oracle("rescheduled")
def _rescheduled(now: Truth, _: Target | None) -> Parts:
    return Parts(count(_still_open(now)[is_true(_still_open(now)["rescheduled"])]))
