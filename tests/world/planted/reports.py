"""Faults of whole monthly reports: no club, wrong month, twice, late; and look-alikes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from ishc.demo.happened import ClubHistory, Training
from ishc.demo.plan import Assigned, Plan, Slip, add_months
from tests.world.planted.work import LATELY, Kind, Work

DUE_DAY = 10  # of the next month, as the settings have it
EDGE = 2  # months at both ends that have no neighbour to compare


def slip(fault: Slip) -> Kind:
    """Let the demo's generator plant one of its own faults."""

    def assigned(rng: Random, months: int) -> Assigned:
        return Assigned(at={fault: rng.randrange(EDGE, months - EDGE)})

    return Kind(fault, assigned=assigned)


def _two_missing(rng: Random, months: int) -> Assigned:
    start = rng.randrange(max(EDGE, months - LATELY), months - EDGE - 2)
    return Assigned(missing=frozenset((start, start + 1)))


def _from_nowhere(work: Work) -> None:
    """A report of an unknown club in a commune that is none of today's."""
    draft = work.middle
    stray = work.again(draft, 3, commune="99999", club_in_list="not_listed")
    stray = work.answer(stray, club=None, club_words="CLB LTHTGN bản Không Tên")
    work.plant("place_unclear", stray, "commune")
    work.plant("club_not_registered", stray, "club_words")


def _month(draft_month: object) -> date:
    return date.fromisoformat(str(draft_month))


def _founded_in_second_month(history: ClubHistory, plan: Plan) -> ClubHistory:
    return refounded(history, plan.calendar[1].replace(day=3))


def _founded_in_first_month(history: ClubHistory, plan: Plan) -> ClubHistory:
    return refounded(history, plan.calendar[0].replace(day=3))


def refounded(history: ClubHistory, day: date) -> ClubHistory:
    """Let a club be founded on another day, and nobody be in it before."""
    club = history.club
    roster = tuple(replace(one, joined_on=max(one.joined_on, day)) for one in club.roster)
    board = tuple(replace(one, since=max(one.since, day)) for one in club.board)
    sent = replace(club.sent, end=datetime(day.year, day.month, day.day, 19, 30))
    decided = day - timedelta(days=4)
    trained = tuple(_not_before(day, each) for each in history.trainings)
    return replace(
        history,
        club=replace(
            club, founded_on=day, decision_date=decided, sent=sent, roster=roster, board=board
        ),
        trainings=trained,
        inspections=tuple(each for each in history.inspections if each.visit_date > day),
    )


def _not_before(day: date, training: Training) -> Training:
    if training.starts_on > day:
        return training
    starts_on = day + timedelta(days=12)
    end = training.sent.end + (starts_on - training.starts_on)
    return replace(training, starts_on=starts_on, sent=replace(training.sent, end=end))


def _before_founding(work: Work) -> None:
    work.plant("report_before_founding", work.reports[0], "month")


def _close(work: Work, place: int) -> None:
    """Close the club in the middle of a month; its reports end with that month."""
    day = work.calendar[place].replace(day=15)
    work.club_form(day, action="close", settlement="returned")
    work.end(day)


def _closed(work: Work) -> None:
    _close(work, len(work.calendar) - 4)


def _after_closure(work: Work) -> None:
    place = len(work.calendar) - 5
    kept = work.reports[place + 2]
    stage = next(one for one in work.staged if one.draft is kept)
    _close(work, place)
    work.staged.append(stage)
    work.plant("report_after_closure", kept, "month")


def _late(work: Work) -> None:
    for draft in work.rng.sample(work.reports[:-1], 2):
        due = add_months(_month(draft.answers["month"]), 1)
        late = work.sent(draft, end=datetime(due.year, due.month, 19, 9, 20))
        work.plant("report_late", late)


def _late_by_minutes(work: Work) -> None:
    """Finished minutes after the end of the due day; in London it is still that day."""
    draft = work.middle
    due = add_months(_month(draft.answers["month"]), 1)
    late = work.sent(draft, end=datetime(due.year, due.month, DUE_DAY + 1, 0, 5))
    work.plant("report_late", late)


def _in_future(work: Work) -> None:
    draft = work.reports[-3]
    month = _month(draft.answers["month"])
    early = work.sent(draft, end=datetime.combine(month, datetime.min.time()) - timedelta(days=9))
    work.plant("report_future", early, "month")


def _on_the_due_day(work: Work) -> None:
    draft = work.middle
    due = add_months(_month(draft.answers["month"]), 1)
    work.sent(draft, end=datetime(due.year, due.month, DUE_DAY, 23, 40))


def _sent_when_there_was_network(work: Work) -> None:
    """Finished on the due day, and received three days later."""
    draft = work.middle
    due = add_months(_month(draft.answers["month"]), 1)
    sent = work.sent(draft, end=datetime(due.year, due.month, DUE_DAY, 10, 20))
    work.update(sent, late=72)


def _at_midnight(work: Work) -> None:
    """Finished half an hour into the next month; in London it is still the month itself."""
    draft = work.middle
    after = add_months(_month(draft.answers["month"]), 1)
    work.sent(draft, end=datetime(after.year, after.month, 1, 0, 30))


def _rests_within_months(work: Work) -> None:
    """It rests from the middle of one month to the middle of the next, and reports for both."""
    first, second = (_month(each.answers["month"]) for each in work.reports[-5:-3])
    work.club_form(first.replace(day=20), action="suspend")
    work.club_form(second.replace(day=11), action="resume")


def _rests(rng: Random, months: int) -> Assigned:
    start = rng.randrange(max(EDGE, months - LATELY), months - EDGE - 3)
    return Assigned(missing=frozenset(range(start, start + 3)))


def _suspended(work: Work) -> None:
    reported = {str(draft.answers["month"]) for draft in work.reports}
    resting = [month for month in work.calendar if month.isoformat() not in reported]
    work.club_form(resting[0].replace(day=2), action="suspend")
    work.club_form(add_months(resting[-1], 1).replace(day=1), action="resume")
    work.planted = [one for one in work.planted if one.check_code != "month_missing"]


def _reports_while_resting(work: Work) -> None:
    """It rests for three months and reports for the second of them."""
    first, second, third = work.reports[-7:-4]
    resting = [_month(each.answers["month"]) for each in (first, second, third)]
    work.club_form(resting[0].replace(day=2), action="suspend")
    work.club_form(add_months(resting[-1], 1), action="resume")
    work.remove(first)
    work.remove(third)
    work.plant("report_while_suspended", second, "month")


def _called_so(name: str) -> Callable[[ClubHistory, Plan], ClubHistory]:
    """Let a club have a name that others in other communes have, too."""

    def renamed(history: ClubHistory, _plan: Plan) -> ClubHistory:
        return replace(history, club=replace(history.club, name=name))

    return renamed


def _replaced_twice(work: Work) -> None:
    draft = work.middle
    attendance = int(str(draft.answers.get("attendance", "9")))
    parts = dict.fromkeys(("attendance_women", "attendance_60plus"), str(attendance // 3))
    held = draft.answers["meeting_held"] == "yes"
    for hours in (30, 55):
        more = {"attendance": str(attendance - 1), **parts} if held else {}
        work.again(draft, hours, report_kind="replaces", **more)


FAULTS = (
    slip("unregistered"),
    slip("reported_twice"),
    slip("does_not_fit"),
    Kind("from a commune that is not", _from_nowhere),
    Kind("months missing", assigned=_two_missing),
    Kind("reported before its founding", _before_founding, history=_founded_in_second_month),
    Kind("reported after its closure", _after_closure),
    Kind("reported late", _late),
    Kind("reported minutes too late", _late_by_minutes),
    Kind("reported while it rests", _reports_while_resting),
    Kind("reported a month that has not begun", _in_future),
)
HARMLESS = (
    slip("replaced"),
    Kind("replaced twice", _replaced_twice),
    Kind("rests for three months", _suspended, assigned=_rests),
    Kind("founded in the middle of its first month", history=_founded_in_first_month),
    Kind("begins later than the others", later=3),
    Kind("called as another, here", history=_called_so("CLB LTHTGN thôn Nà Mẫu")),
    Kind("called as another, there", history=_called_so("CLB LTHTGN thôn Nà Mẫu")),
    Kind("closes properly", _closed),
    Kind("reports on the due day", _on_the_due_day),
    Kind("received after the due day", _sent_when_there_was_network),
    Kind("reports after midnight", _at_midnight),
    Kind("rests from month to month", _rests_within_months),
)
