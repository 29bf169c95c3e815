"""The club registration: founding, board, roster, first funds."""

from ishc.demo.answers.common import Answers, yes_no
from ishc.demo.model import BoardMember, Club, Person, Unlisted

ON_PAPER = ("paper", "guardian_paper")  # their sheets have a number


def registration_answers(club: Club, photo: str = "") -> Answers:
    """Answer the registration of a club.

    Args:
        club: the club with its roster.
        photo: file name of the decision's photo; empty for none.
    """
    chair = club.board[0]
    answers: Answers = {
        "report_kind": "new",
        "reporter_name": chair.name,
        "reporter_role": chair.role,
        "action": "register",
        "province": club.place.province,
        "commune": club.place.commune,
        "villages_words": ", ".join(club.villages),
        "villages_count": str(len(club.villages)),
        "meeting_place": club.meeting_place,
        "club_name": club.name,
        "founded_from": "new",
        "founded_on": club.founded_on.isoformat(),
        "decision_number": club.decision_number,
        "decision_date": club.decision_date.isoformat(),
        "decision_issuer": f"UBND {club.place.old_commune}".strip(),
        "board": [_board_row(member) for member in club.board],
        "membership_by": "roster",
        "member": [_member_row(person) for person in club.roster],
        "unlisted_total": str(club.unlisted.total),
        "funds_self_managed": "yes",
        "meeting_day": str(club.meeting_day),
        "confirmed": "OK",
    }
    answers |= _unlisted(club.unlisted)
    if club.point:
        answers["meeting_point"] = f"{club.point[0]:.6f} {club.point[1]:.6f} 0 0"
    if photo:
        answers["decision_photo"] = photo
    for source, amount in club.start_income.items():
        answers[f"income_start_{source}"] = str(amount)
    for source, amount in club.start_operating.items():
        answers[f"operating_start_{source}"] = str(amount)
    return answers


def _unlisted(unlisted: Unlisted) -> Answers:
    if not unlisted.total:  # their parts are asked only when there are any
        return {}
    return {
        "unlisted_women": str(unlisted.women),
        "unlisted_60plus": str(unlisted.sixty_plus),
        "unlisted_women_60plus": str(unlisted.women_sixty_plus),
    }


def _board_row(member: BoardMember) -> Answers:
    row: Answers = {
        "board_name": member.name,
        "board_sex": member.sex,
        "board_birth_year": str(member.birth_year),
        "board_role": member.role,
        "board_since": member.since.isoformat(),
    }
    return row | ({"board_phone": member.phone} if member.phone else {})


def _member_row(person: Person) -> Answers:
    row: Answers = {
        "member_name": person.name,
        "member_sex": person.sex,
        "member_birth_year": str(person.birth_year),
        "member_household": person.household,
        "member_needs": yes_no(person.needs),
        "member_volunteer": yes_no(person.volunteer),
        "member_joined": person.joined_on.isoformat(),
        "member_consent": person.consent,
    }
    if person.consent in ON_PAPER:
        row["member_consent_number"] = person.consent_number
    return row
