"""The inspection checklist: what was found beside what is on record."""

from collections.abc import Sequence

from ishc.demo.answers.common import Answers, Codes, about, yes_no
from ishc.demo.happened import Inspection
from ishc.demo.model import Club

TEAM = "Đoàn kiểm tra mẫu"


def inspection_answers(
    club: Club,
    visit: Inspection,
    codes: Codes,
    *,
    members: int,
    cash: int,
    open_loans: Sequence[str],
    photo: str = "",
) -> Answers:
    """Answer the checklist of one visit.

    Args:
        club: the club visited.
        visit: what the team saw.
        codes: codes on the lists of the phone.
        members, cash: truth on that day, people and thousand đồng.
        open_loans: codes of loans that are open on that day.
        photo: file name of the photo of the signed minutes; empty for none.
    """
    answers = about(club, codes.club(club), club.board[0])
    answers["reporter_role"] = "leader"
    answers |= {
        "team_level": visit.level,
        "team_names": f"{TEAM} {club.number + 1:02d}",
        "visit_date": visit.visit_date.isoformat(),
        "met_whom": club.board[0].name,
        "found_members": str(members - visit.members_missing),
        "found_cash": str(max(0, cash - visit.cash_missing)),
    }
    sampled = open_loans[: visit.loans_sampled]
    answers["loans_sampled"] = yes_no(bool(sampled))
    answers["loan_sample"] = [{"sample_loan": code, "sample_confirmed": "yes"} for code in sampled]
    answers |= visit.answers
    answers |= visit.chosen
    answers["has_follow_up"] = "no"
    answers["has_recommendation"] = yes_no(bool(visit.recommendations))
    answers["recommendation"] = [
        {"recommend_what": what, "recommend_who": who, "recommend_by": by.isoformat()}
        for what, who, by in visit.recommendations
    ]
    if photo:
        answers["minutes_photo"] = photo
    return answers
