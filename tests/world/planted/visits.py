"""Faults of inspections and trainings; and look-alikes."""

from dataclasses import replace
from datetime import timedelta

from ishc.demo.happened import ClubHistory
from ishc.demo.model import AREAS
from ishc.demo.plan import Plan
from ishc.demo.visits import BOOKS
from tests.world.planted.work import TRAINING, VISIT, Kind, Work

YEAR = timedelta(days=366)
_MEETING = ("meeting_date", "attendance", "areas_done", "strand_")
_BEST = {
    **{f"state_{area}": "done" for area in (*AREAS, "digital", "green")},
    "composition": "ok",
    "meetings_12m": "12",
    "board_trained_initial": "5",
    "board_trained_refresher": "5",
    "volunteers_count": "9",
    "run_by_rules": "yes",
    "yearly_plan": "yes",
    "books_kept": BOOKS,
    "critical_failing": (),
}


def _fewer_members(work: Work) -> None:
    draft = work.drafts(VISIT)[-1]
    found = int(str(draft.answers["found_members"]))
    wrong = work.answer(draft, found_members=str(found - 11))
    work.plant("inspection_members_differ", wrong, "found_members")


def _less_cash(work: Work) -> None:
    draft = work.drafts(VISIT)[-1]
    found = int(str(draft.answers["found_cash"]))
    wrong = work.answer(draft, found_cash=str(found + 25_000))
    work.plant("inspection_cash_differs", wrong, "found_cash")


def _visited_before_founding(work: Work) -> None:
    draft = work.drafts(VISIT)[0]
    day = work.history.club.founded_on - timedelta(days=40)
    wrong = work.answer(draft, visit_date=day.isoformat())
    work.plant("event_before_founding", wrong, "visit_date")
    work.follows("inspection_members_differ", "inspection_cash_differs")


def _strong_without_meetings(work: Work) -> None:
    """A grade of strong, and a meeting in one month of three."""
    for place, draft in enumerate(work.reports):
        if place % 3:
            given = {name: None for name in draft.answers if name.startswith(_MEETING)}
            work.answer(draft, **given, meeting_held="no", no_meeting_reason="weather")
    last = work.drafts(VISIT)[-1]
    wrong = work.answer(last, **_BEST)
    work.plant("grade_far_from_reports", wrong, "grade")


def _recommendation_forgotten(work: Work) -> None:
    draft = work.drafts(VISIT)[0]
    by = work.as_of - timedelta(days=70)
    wrong = work.answer(draft, has_recommendation="yes", recommendation=[_recommended(by)])
    work.plant("recommendation_overdue", wrong)


def _recommendation_followed(work: Work) -> None:
    """It was due long ago, and the next visit says that it is done."""
    first, *_, last = work.drafts(VISIT)
    by = first.sent.end.date() + timedelta(days=20)
    work.answer(first, has_recommendation="yes", recommendation=[_recommended(by)])
    done = [{"follow_action": f"{work.code}-A001", "follow_state": "done"}]
    work.answer(last, has_follow_up="yes", follow_up=done)


def _recommendation_open(work: Work) -> None:
    """It is not due yet."""
    draft = work.drafts(VISIT)[-1]
    by = work.as_of + timedelta(days=45)
    work.answer(draft, has_recommendation="yes", recommendation=[_recommended(by)])


def _recommended(by: object) -> dict[str, str]:
    return {
        "recommend_what": "Ghi sổ thu chi đầy đủ (dữ liệu mẫu)",
        "recommend_who": "Kế toán",
        "recommend_by": str(by),
    }


def _never_visited(history: ClubHistory, _plan: Plan) -> ClubHistory:
    return replace(history, inspections=())


def _no_visit(work: Work) -> None:
    work.plant_club("club_never_inspected", VISIT)
    work.follows("inspection_long_ago")


def _long_ago(history: ClubHistory, plan: Plan) -> ClubHistory:
    before = plan.as_of - YEAR - timedelta(days=20)
    return replace(
        history, inspections=tuple(each for each in history.inspections if each.visit_date < before)
    )


def _not_lately(work: Work) -> None:
    if work.history.inspections:
        work.plant_club("inspection_long_ago", VISIT)
    else:  # in a short world nothing is long ago
        _no_visit(work)


def _untrained(history: ClubHistory, _plan: Plan) -> ClubHistory:
    return replace(history, trainings=())


def _no_training(work: Work) -> None:
    work.plant_club("board_refresher_missing", TRAINING)


def _new_board(work: Work) -> None:
    """Five others are elected early on; the trainings name those before them."""
    day = work.calendar[3].replace(day=12)
    if day > work.as_of - YEAR:  # in a short world nobody is on a board for long enough
        return
    new = [
        {
            "board_name": f"Hứa Thị Lan Mẫu-{8000 + 10 * work.history.club.number + row}",
            "board_sex": "female",
            "board_birth_year": str(1955 + row),
            "board_role": member.role,
            "board_since": day.isoformat(),
        }
        for row, member in enumerate(work.history.club.board)
    ]
    work.club_form(day, action="update", update_parts=("board",), board=new)
    work.plant_club("board_untrained", TRAINING)
    work.follows("board_refresher_missing")


def _trained_late(history: ClubHistory, plan: Plan) -> ClubHistory:
    """Leave only the trainings of the last twelve months."""
    kept = (each for each in history.trainings if each.starts_on > plan.as_of - YEAR)
    return replace(history, trainings=tuple(kept))


def _one_fewer(work: Work) -> None:
    """One member was away on the day of the visit."""
    draft = work.drafts(VISIT)[-1]
    found = int(str(draft.answers["found_members"]))
    work.answer(draft, found_members=str(found - 1))


FAULTS = (
    Kind("an inspector counts fewer members", _fewer_members),
    Kind("an inspector counts other cash", _less_cash),
    Kind("visited before its founding", _visited_before_founding),
    Kind("strong without meetings", _strong_without_meetings),
    Kind("a recommendation is forgotten", _recommendation_forgotten),
    Kind("never inspected", _no_visit, history=_never_visited),
    Kind("not inspected for a year", _not_lately, history=_long_ago),
    Kind("a board without training", _no_training, history=_untrained),
    Kind("a new board without training", _new_board),
)
HARMLESS = (
    Kind("one member away on the day", _one_fewer),
    Kind("trained within the year only", history=_trained_late),
    Kind("a recommendation that was followed", _recommendation_followed),
    Kind("a recommendation that is not due", _recommendation_open),
)
