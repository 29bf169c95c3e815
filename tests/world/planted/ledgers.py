"""Faults of cash books and of sums; and look-alikes."""

from collections.abc import Mapping

from ishc.demo.drafts import Draft
from tests.world.planted.reports import slip
from tests.world.planted.work import CLUB, Kind, Work

STEADY = 1_000  # thousand đồng


def _more(draft: Draft, question: str, by: int) -> str:
    return str(int(str(draft.answers[question])) + by)


def _operating_closing(work: Work) -> None:
    draft = work.reports[-1]
    less = _more(draft, "operating_closing_cash", 170)
    wrong = work.answer(draft, operating_closing_cash=less, operating_difference_reason="Chưa rõ")
    work.plant("operating_closing_differs", wrong, "operating_closing_cash")


def _operating_opening(work: Work) -> None:
    """The last month opens, and closes, with more than the month before left."""
    draft = work.reports[-1]
    wrong = work.answer(
        draft,
        operating_opening_cash=_more(draft, "operating_opening_cash", 260),
        operating_closing_cash=_more(draft, "operating_closing_cash", 260),
    )
    work.plant("operating_opening_differs", wrong, "operating_opening_cash")


def _loans_do_not_roll(work: Work) -> None:
    draft = work.reports[-1]
    wrong = work.answer(draft, loans_opening=_more(draft, "loans_opening", 700))
    work.plant("loans_opening_differs", wrong, "loans_opening")
    work.follows("report_loans_differ")


def _goods_opening(work: Work) -> None:
    draft = work.reports[-1]
    wrong = work.answer(draft, goods_opening=_more(draft, "goods_opening", 600))
    work.plant("goods_opening_differs", wrong, "goods_opening")
    work.follows("report_loans_differ")


def _negative(work: Work) -> None:
    draft = work.reports[-1]
    wrong = work.answer(draft, income_closing_cash="-350")
    work.plant("amount_negative", wrong, "income_closing_cash")
    work.follows("income_closing_differs")


def _negative_loans(work: Work) -> None:
    draft = work.reports[-1]
    lent = (int(str(draft.answers.get(name, "0"))) for name in ("loans_opening", "income_out_lent"))
    gone = sum(lent) + 900
    wrong = work.answer(draft, loans_written_off=str(gone))
    work.plant("amount_negative", wrong, "loans_outstanding")
    work.follows("report_loans_differ")


def _mobilised_sum(work: Work) -> None:
    draft = next(each for each in reversed(work.reports) if "mobilised_sources" in each.answers)
    work.update(draft, after={"mobilised_total": "98765"})
    work.plant("sum_differs", draft, "mobilised_total")


def _fund_sum(work: Work) -> None:
    draft = work.reports[-1]
    work.update(draft, after={"income_fund_total": "123456"})
    work.plant("sum_differs", draft, "income_fund_total")


def _members_sum(work: Work) -> None:
    draft = work.drafts(CLUB)[0]
    work.update(draft, after={"members_total": "97"})
    work.plant("sum_differs", draft, "members_total")


def _all_round(work: Work) -> None:
    """Every sum of the last six months is a whole number of millions."""
    for place, draft in enumerate(work.reports):
        work.answer(draft, **_steady(draft, place))
    work.plant_club("numbers_too_round", "")


def _steady(draft: Draft, place: int) -> Mapping[str, object]:
    """Give books of whole millions that roll forward: a sum comes in and goes out a month later."""
    answers: dict[str, object] = {
        name: None for name in draft.answers if name.startswith(("income_in_", "income_out_"))
    }
    answers |= {
        name: None for name in draft.answers if name.startswith(("operating_in_", "operating_out_"))
    }
    before, now = (1 + (place - 1) % 4, 1 + place % 4)
    for fund in ("income", "operating"):
        answers |= {
            f"{fund}_opening_cash": str(before * STEADY),
            f"{fund}_opening_bank": str(20 * STEADY),
            f"{fund}_kinds_in": ("contributions",),
            f"{fund}_kinds_out": ("activities",),
            f"{fund}_in_contributions": str(now * STEADY),
            f"{fund}_out_activities": str(before * STEADY),
            f"{fund}_closing_cash": str(now * STEADY),
            f"{fund}_closing_bank": str(20 * STEADY),
        }
    return answers


def _round_fees(work: Work) -> None:
    """The same round fee every month, as agreed; everything else as it comes."""
    more = 0
    for draft in work.reports:
        fee = int(str(draft.answers.get("operating_in_contributions", "0")))
        before, more = more, more + 200 - fee
        kinds = dict.fromkeys(["contributions", *draft.answers["operating_kinds_in"]])
        work.answer(
            draft,
            operating_kinds_in=tuple(kinds),
            operating_in_contributions="200",
            operating_opening_bank=_more(draft, "operating_opening_bank", before),
            operating_closing_bank=_more(draft, "operating_closing_bank", more),
        )


def _rounded(work: Work) -> None:
    """The count is one thousand đồng off, because coins are not counted."""
    draft = work.reports[-1]
    work.answer(draft, income_closing_cash=_more(draft, "income_closing_cash", 1))


FAULTS = (
    slip("closing_difference"),
    slip("opening_difference"),
    Kind("operating fund closes wrong", _operating_closing),
    Kind("operating fund opens wrong", _operating_opening),
    Kind("loans do not roll forward", _loans_do_not_roll, lends=True),
    Kind("goods lent do not roll forward", _goods_opening),
    Kind("a negative balance", _negative),
    Kind("loans below nothing", _negative_loans, lends=True),
    Kind("money raised is not its sum", _mobilised_sum),
    Kind("the fund is not its sum", _fund_sum),
    Kind("members are not their sum", _members_sum),
    Kind("every sum is round", _all_round),
)
HARMLESS = (
    Kind("the same round fee every month", _round_fees),
    Kind("a difference of rounding", _rounded),
)
