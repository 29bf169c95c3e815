"""Members that are listed twice and some that only look so; clubs and borrowers named in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ishc.demo import drafts
from ishc.demo.answers import Codes
from ishc.demo.drafts import Draft
from ishc.demo.happened import ClubHistory
from ishc.demo.model import Club, Person
from ishc.demo.names import GIVEN
from ishc.demo.plan import Plan
from tests.world.builder import Staged, staged
from tests.world.doubles.spelling import OF_CLUBS, OF_PEOPLE, PREFIX, respelled
from tests.world.doubles.truth import Making, Meant, Pair


def double_members(making: Making, history: ClubHistory, number: int) -> None:
    """List two members of a club twice, and two who only look alike."""
    club = making.histories[number].club
    rng, root = making.rng, club.sent.root
    roster = list(club.roster)
    for step in (0, 1):
        at = 2 + 3 * step
        name, why = respelled(rng, roster[at].name, OF_PEOPLE, number * 2 + step)
        again = replace(roster[at], name=name, household=rng.choice((roster[at].household, "none")))
        if (number + step) % 5 == 0:
            again = replace(again, birth_year=again.birth_year + 1)
            why += " + a year off"
        roster.append(replace(again, consent_number=f"DT-{9000 + number}"))
        making.members.append(Pair(f"{root}/{at + 1}", f"{root}/{len(roster)}", same=True, why=why))
    for step, (other, why) in enumerate(_look_alikes(roster[8], roster[11])):
        at = (8, 11)[step]
        roster.append(other)
        pair = Pair(f"{root}/{at + 1}", f"{root}/{len(roster)}", same=False, why=why)
        making.members.append(pair)
    new = replace(club, roster=tuple(roster))
    making.histories[number] = replace(making.histories[number], club=new)


def _look_alikes(parent: Person, twin: Person) -> Iterable[tuple[Person, str]]:
    child = replace(parent, birth_year=min(parent.birth_year + 24, 2008))
    if child.birth_year - parent.birth_year < 15:
        child = replace(parent, birth_year=parent.birth_year - 24)
    yield child, "namesakes of two generations"
    *before, given = twin.name.split()
    like = GIVEN[twin.sex][(GIVEN[twin.sex].index(given) + 5) % 20]
    yield replace(twin, name=" ".join([*before, like])), "twins"


def work(
    making: Making, history: ClubHistory, codes: Codes, plan: Plan, honest: Sequence[ClubHistory]
) -> Iterator[Staged]:
    """Give a club's forms; some name the club, or a borrower, in words."""
    known = {one.club.sent.root for one in honest}
    if history.club.sent.root not in known:
        yield from (Staged(None, draft) for draft in drafts.registrations([history]))
        return
    for each in staged(history, codes, plan.calendar):
        draft = each.draft
        if draft.form == "monthly_activity_report" and history.club.number % 3 == 0:
            yield replace(each, draft=_club_in_words(making, history.club, draft))
        elif draft.answers.get("event") == "lent" and history.club.number % 2 == 0:
            yield replace(each, draft=_borrower_in_words(making, history, draft, codes))
        else:
            yield each


def _club_in_words(making: Making, club: Club, draft: Draft) -> Draft:
    stray = len(making.clubs_meant) % 6 == 5
    if stray:  # a club that nobody registered
        words, why = f"{PREFIX} thôn Thâm Khuyên", "nobody's"
    else:
        at = len(making.clubs_meant)
        words, why = respelled(making.rng, club.name, OF_CLUBS, at)
    key = None if stray else club.sent.root
    making.clubs_meant.append(Meant(draft.form, draft.sent.root, words, key, why))
    answers = {name: value for name, value in draft.answers.items() if name != "club"}
    return replace(draft, answers={**answers, "club_in_list": "not_listed", "club_words": words})


def _borrower_in_words(making: Making, history: ClubHistory, draft: Draft, codes: Codes) -> Draft:
    club = history.club
    loan = next(one for one in history.loans if one.sent.root == draft.sent.root)
    at = len(making.borrowers_meant)
    words, why = respelled(making.rng, club.roster[loan.borrower - 1].name, OF_PEOPLE, at)
    key = f"{club.sent.root}/{loan.borrower}"
    making.borrowers_meant.append(Meant(draft.form, draft.sent.root, words, key, why))
    answers = {name: value for name, value in draft.answers.items() if name != "borrower"}
    return replace(
        draft, answers={**answers, "borrower_in_list": "not_listed", "borrower_words": words}
    )
