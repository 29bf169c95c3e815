"""The loan record: lent, repaid, rescheduled, written off."""

from ishc.demo.answers.common import Answers, Codes, about, yes_no
from ishc.demo.happened import Loan, LoanEvent
from ishc.demo.model import Club

ACCOUNTANT = 3  # position on the board
WHY_LATER = "Vật nuôi chưa đến lúc bán (dữ liệu mẫu)"
WHY_NEVER = "Hộ vay gặp thiên tai, câu lạc bộ họp quyết định (dữ liệu mẫu)"


def lent_answers(club: Club, loan: Loan, codes: Codes) -> Answers:
    """Answer the record of a loan that was lent."""
    answers = _about(club, codes) | {
        "event": "lent",
        "borrower_in_list": "listed",
        "borrower": codes.member(club, loan.borrower),
        "loan_kind": "goods" if loan.goods else "money",
        "amount": str(loan.amount),
        "purpose": loan.purpose,
        "interest_percent_month": f"{loan.interest_percent_month:g}",
        "term_months": str(loan.term_months),
        "repayment": "equal_parts" if loan.equal_parts else "at_end",
        "guarantor_group": yes_no(loan.guarantor_group),
        "lent_on": loan.lent_on.isoformat(),
    }
    return answers | ({"goods_words": loan.goods_words} if loan.goods else {})


def event_answers(club: Club, loan: Loan, event: LoanEvent, codes: Codes) -> Answers:
    """Answer the record of what happened to a loan later."""
    answers = _about(club, codes) | {
        "event": event.event,
        "loan_in_list": "listed",
        "loan": codes.loans[loan.sent.root],
    }
    return answers | _WHAT[event.event](event)


def _about(club: Club, codes: Codes) -> Answers:
    return about(club, codes.club(club), club.board[ACCOUNTANT])


def _repaid(event: LoanEvent) -> Answers:
    answers: Answers = {
        "repaid_on": event.on.isoformat(),
        "principal": str(event.principal),
        "interest": str(event.interest),
        "last_repayment": yes_no(event.last),
    }
    return answers | ({"income_change": event.income_change} if event.last else {})


def _rescheduled(event: LoanEvent) -> Answers:
    new_due_on = event.new_due_on.isoformat() if event.new_due_on else ""
    return {
        "rescheduled_on": event.on.isoformat(),
        "new_due_on": new_due_on,
        "reschedule_reason": WHY_LATER,
    }


def _written_off(event: LoanEvent) -> Answers:
    return {
        "written_off_on": event.on.isoformat(),
        "written_off_amount": str(event.principal),
        "write_off_reason": WHY_NEVER,
        "write_off_decision": "01/NQ-CLB",
    }


_WHAT = {"repaid": _repaid, "rescheduled": _rescheduled, "written_off": _written_off}
