"""The training record: one club's board at a training."""

from ishc.demo.answers.common import Answers, Codes, about, yes_no
from ishc.demo.happened import Training
from ishc.demo.model import Club

HOURS_A_DAY = 7


def training_answers(club: Club, training: Training, codes: Codes) -> Answers:
    """Answer the record of a training to which a club's whole board came."""
    code = codes.club(club)
    women = sum(member.sex == "female" for member in club.board)
    answers = about(club, code, club.board[0])
    del answers["club"], answers["club_in_list"]
    return answers | {
        "training_level": training.level,
        "place_words": f"Hội trường mẫu {club.number + 1:02d}",
        "reporter_role": "association",
        "organiser": "association",
        "training_kind": training.kind,
        "starts_on": training.starts_on.isoformat(),
        "ends_on": training.ends_on.isoformat(),
        "hours": str(HOURS_A_DAY * training.days),
        "themes": training.themes,
        "trainers_count": "2",
        "trainers_women": "1",
        "cost_known": "known",
        "fund_sources": ("state",),
        "cost_state": str(training.cost),
        "clubs_came": yes_no(True),
        "club_part": [
            {
                "part_club": code,
                "part_board": tuple(f"{code}-B{row:02d}" for row in range(1, len(club.board) + 1)),
                "part_board_women": str(women),
                "part_members": str(training.members),
                "part_members_women": str(training.members // 2),
            }
        ],
        "others_count": "0",
        "test_kind": "none",
    }
