"""Faults of who is in a club; and look-alikes."""

from dataclasses import replace
from datetime import timedelta

from ishc.demo.happened import ClubHistory
from ishc.demo.model import Person
from ishc.demo.plan import Plan
from tests.world.planted.work import CLUB, Kind, Work


def _more_women_than_all(work: Work) -> None:
    draft = next(each for each in work.reports[3:] if each.answers["meeting_held"] == "yes")
    present = int(str(draft.answers["attendance"]))
    wrong = work.answer(draft, attendance_women=str(present + 4))
    work.plant("attendance_parts", wrong, "attendance_women")


def _more_older_than_all(work: Work) -> None:
    draft = next(each for each in work.reports[4:] if each.answers["meeting_held"] == "yes")
    present = int(str(draft.answers["attendance"]))
    wrong = work.answer(draft, attendance_60plus=str(present + 2))
    work.plant("attendance_parts", wrong, "attendance_60plus")


def _joined_parts(work: Work) -> None:
    draft = work.reports[-1]
    wrong = work.answer(
        draft,
        members_changed="yes",
        change_kinds=("joined_unlisted", *draft.answers.get("change_kinds", ())),
        joined_unlisted_total="1",
        joined_unlisted_women="3",
    )
    work.plant("report_parts", wrong, "joined_unlisted_women")


def _member_parts(work: Work) -> None:
    draft = work.drafts(CLUB)[0]
    wrong = work.answer(
        draft,
        unlisted_total="3",
        unlisted_women="5",
        unlisted_60plus="2",
        unlisted_women_60plus="2",
    )
    work.plant("member_parts", wrong, "unlisted_women")
    work.follows("roster_differs", "members_before_differ")


def _came_from_nowhere(work: Work) -> None:
    """The list on the phone was not used: the number before is another one, and nobody joined."""
    draft = work.reports[-1]
    size = work.size(work.calendar[-1] - timedelta(days=1))
    wrong = work.answer(draft, members_before=str(size + 9))
    work.plant("members_before_differ", wrong, "members_before")
    work.plant("roster_differs", wrong, "members_now")


def _jump(work: Work) -> None:
    draft = work.reports[-1]
    kinds = ("joined_unlisted", *draft.answers.get("change_kinds", ()))
    more = work.answer(
        draft,
        members_changed="yes",
        change_kinds=kinds,
        joined_unlisted_total="25",
        joined_unlisted_women="15",
        joined_unlisted_60plus="14",
        joined_unlisted_women_60plus="9",
    )
    work.plant("members_jump", more, "members_now")
    work.follows("roster_differs", "members_before_differ")


def _two_join(work: Work) -> None:
    """Two more whom nobody names: far from a jump."""
    draft = work.reports[-1]
    kinds = ("joined_unlisted", *draft.answers.get("change_kinds", ()))
    work.answer(
        draft,
        members_changed="yes",
        change_kinds=kinds,
        joined_unlisted_total="2",
        joined_unlisted_women="1",
        joined_unlisted_60plus="1",
        joined_unlisted_women_60plus="1",
    )


def _counted(work: Work, later: int) -> None:
    """Count the club's members instead of naming them; more of them from the third quarter on."""
    first = work.drafts(CLUB)[0]
    counts = {"count_women_31_54": 12, "count_women_60_69": 20, "count_men_60_69": 20}
    told = {name: str(value) for name, value in counts.items()}
    work.answer(
        first, membership_by="counts", member=None, unlisted_total=None, **told, count_poor="9"
    )
    quarters = 0
    for draft in work.reports:
        answers: dict[str, object] = dict.fromkeys(("joined", "left_member", "changed_member"))
        answers |= {"members_changed": "no", "change_kinds": None, "members_before": "52"}
        if "quarter_areas" in draft.answers:
            quarters += 1
            more = later if quarters > 2 else 0
            answers |= {"roster_kept": "no", **told, "count_poor": "9"}
            answers["count_women_60_69"] = str(counts["count_women_60_69"] + more)
            if quarters == 3 and more:
                wrong = work.answer(draft, **answers)
                work.plant("members_count_unexplained", wrong, "count_total")
                continue
        work.answer(draft, **answers)


def _count_changes(work: Work) -> None:
    _counted(work, 5)
    work.follows("members_before_differ", "roster_differs", "inspection_members_differ")


def _count_stays(work: Work) -> None:
    _counted(work, 0)


def _all_women(work: Work) -> None:
    """Everybody present is a woman of 60 and over: a part as large as the whole."""
    draft = next(each for each in work.reports[3:] if each.answers["meeting_held"] == "yes")
    present = str(min(int(str(draft.answers["attendance"])), 20))
    work.answer(draft, attendance=present, attendance_women=present, attendance_60plus=present)


def _namesakes(history: ClubHistory, _plan: Plan) -> ClubHistory:
    """Two members of one name and other years, and twins of one year and like names."""
    roster = list(history.club.roster)
    first, second = roster[0], roster[1]
    roster[1] = replace(second, name=first.name, sex=first.sex, birth_year=first.birth_year - 21)
    roster[3] = _twin_of(roster[2])
    return replace(history, club=replace(history.club, roster=tuple(roster)))


def _twin_of(person: Person) -> Person:
    *before, given, number = person.name.split()
    other = "Lành" if given != "Lành" else "Lanh"
    return replace(person, name=" ".join([*before, other, number]))


def _joins_and_leaves(work: Work) -> None:
    """Somebody leaves in the month in which somebody else joins: the number stays."""
    draft = work.reports[-1]
    club, month = work.history.club, work.calendar[-1]
    gone = {left.row for each in work.history.reports for left in each.left}
    row = next(row for row in range(len(club.roster), 0, -1) if row not in gone)
    person = replace(club.roster[row - 1], name="Lý Thị Vân Mẫu-9999", birth_year=1961)
    kinds = dict.fromkeys([*draft.answers.get("change_kinds", ()), "joined", "left"])
    work.answer(
        draft,
        members_changed="yes",
        change_kinds=tuple(kinds),
        joined=[
            *draft.answers.get("joined", ()),
            {
                "joined_name": person.name,
                "joined_sex": "female",
                "joined_birth_year": "1961",
                "joined_household": "none",
                "joined_needs": "no",
                "joined_on": (month + timedelta(days=9)).isoformat(),
                "joined_consent": "spoken",
            },
        ],
        left_member=[
            *draft.answers.get("left_member", ()),
            {
                "left_code": work.codes.member(club, row),
                "left_how": "moved",
                "left_on": (month + timedelta(days=9)).isoformat(),
            },
        ],
    )


FAULTS = (
    Kind("more women than people", _more_women_than_all),
    Kind("more older persons than people", _more_older_than_all),
    Kind("more women than unlisted members", _member_parts),
    Kind("more women than people join", _joined_parts),
    Kind("members from nowhere", _came_from_nowhere),
    Kind("another count without joining", _count_changes),
    Kind("half as many again join in a month", _jump),
)
HARMLESS = (
    Kind("everybody present is an older woman", _all_women),
    Kind("counted and not named", _count_stays),
    Kind("two join without being named", _two_join),
    Kind("namesakes and twins", history=_namesakes),
    Kind("one joins as one leaves", _joins_and_leaves),
)
