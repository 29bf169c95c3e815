"""Faults that only several clubs together show: one phone for many, one team at two places."""

from collections.abc import Iterator, Sequence, Set
from datetime import date, timedelta

from ishc.demo.drafts import Draft
from tests.world.planted.truth import Planted
from tests.world.planted.work import REPORT, VISIT, Work

MANY, FEW = 8, 2  # clubs that one phone reports for: too many, and harmless
PHONE = "collect:OnePhoneManyClubs"
HILL_TOWN, SEA_TOWN = "21.853700 106.761500 0 0", "16.054400 108.202200 0 0"
NEXT_VILLAGE = "21.871000 106.770000 0 0"
FUNDS = ("income", "operating")
LEAST = 200  # thousand đồng: twice what the check tolerates


def one_phone(works: Sequence[Work]) -> None:
    """Let an official report for many clubs, and a neighbour for one club more."""
    many, few = works[:MANY], works[MANY : MANY + FEW]
    for work in many:
        for draft in work.reports:
            work.sent(draft, device=PHONE)
    code = min(work.code for work in many)
    many[0].planted.append(Planted("phone_many_clubs", REPORT, None, code))
    for work in few:
        for draft in work.reports:
            work.sent(draft, device="collect:OneNeighboursPhone")


def one_team(works: Sequence[Work]) -> None:
    """Let one phone be 600 km away an hour later, and another one in the next village."""
    _visit(works[0], works[1], "collect:TeamThatFlies", SEA_TOWN)
    second = works[1].drafts(VISIT)[-1]
    works[1].plant("place_impossible", second, "visit_point")
    _visit(works[2], works[3], "collect:TeamThatDrives", NEXT_VILLAGE)


def one_inspector(works: Sequence[Work]) -> None:
    """Let one phone inspect many clubs, each on its own day."""
    for work in works:
        draft = work.drafts(VISIT)[-1]
        work.sent(draft, device="collect:InspectorOfAllClubs")


def _visit(one: Work, other: Work, device: str, there: str) -> None:
    first, second = (work.drafts(VISIT)[-1] for work in (one, other))
    first = one.sent(first, device=device)
    one.answer(first, visit_point=HILL_TOWN)
    second = other.sent(second, device=device, end=first.sent.end + timedelta(hours=1))
    day = second.sent.end.date().isoformat()
    other.answer(second, visit_point=there, visit_date=day)


def merged(works: Sequence[Work]) -> None:
    """Let a club go into another one of its commune: its members and money are carried over."""
    one, other = next(_neighbours(works))
    _merge(one, other, booked=True)
    _lost(works, {one.code, other.code})


def _neighbours(works: Sequence[Work]) -> Iterator[tuple[Work, Work]]:
    for one in works:
        for other in works:
            if one is not other and _place(one) == _place(other):
                yield one, other


def _lost(works: Sequence[Work], taken: Set[str]) -> None:
    """Let another club go into its neighbour, and its money be written down by nobody."""
    for one, other in _neighbours(works):
        if not taken & {one.code, other.code} and _brought(one) > _received(other) + LEAST:
            form = _merge(one, other, booked=False)
            one.plant("balance_left_behind", form, "settlement")
            return


def _merge(one: Work, other: Work, *, booked: bool) -> Draft:
    day = one.calendar[-4].replace(day=15)
    last = next(each for each in one.reports if str(each.answers["month"])[:7] == f"{day:%Y-%m}")
    form = one.club_form(day, action="merge", other_clubs=(other.code,), settlement="carried_over")
    one.end(day)
    size = one.size(day)
    brought = {fund: _closing(last, fund) for fund in FUNDS if booked}
    for number, draft in enumerate(each for each in other.reports if _month(each) > day):
        answers: dict[str, object] = {}
        for fund, money in brought.items():
            bank = {where: _sum(draft, f"{fund}_{where}_bank") for where in ("opening", "closing")}
            answers[f"{fund}_closing_bank"] = str(bank["closing"] + money)
            if number:
                answers[f"{fund}_opening_bank"] = str(bank["opening"] + money)
            else:
                kinds = dict.fromkeys([*draft.answers[f"{fund}_kinds_in"], "other"])
                answers[f"{fund}_kinds_in"] = tuple(kinds)
                answers[f"{fund}_in_other"] = str(_sum(draft, f"{fund}_in_other") + money)
        answers["members_before"] = str(other.size(_month(draft) - timedelta(days=1)) + size)
        other.answer(draft, **answers)
    for draft in other.drafts(VISIT):
        if draft.sent.end.date() > day:
            found = _sum(draft, "found_members") + size
            other.answer(draft, found_members=str(found), record_members=str(found))
    return form


def _brought(work: Work) -> int:
    """Count what a club has at the end of the poorest of its last months, in thousand đồng."""
    return min(sum(_closing(draft, fund) for fund in FUNDS) for draft in work.reports[-4:])


def _received(work: Work) -> int:
    """Count what a club takes in during its last months, interest and principal apart."""
    return sum(
        _sum(draft, f"{fund}_in_{kind}")
        for draft in work.reports[-4:]
        for fund in FUNDS
        for kind in ("contributions", "grants", "sales", "other")
    )


def _place(work: Work) -> str:
    return work.history.club.place.commune


def _month(draft: Draft) -> date:
    return date.fromisoformat(str(draft.answers["month"]))


def _sum(draft: Draft, question: str) -> int:
    return int(str(draft.answers.get(question, "0")))


def _closing(draft: Draft, fund: str) -> int:
    return sum(_sum(draft, f"{fund}_closing_{where}") for where in ("cash", "bank"))
