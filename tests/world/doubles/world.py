"""Clubs, members and borrowers that were written down twice; and others that only look so."""

from random import Random

from tests.world.builder import fill_all, issue_codes
from tests.world.doubles.clubs import double_club, like_club
from tests.world.doubles.honest import honest_clubs, honest_plan
from tests.world.doubles.people import double_members, work
from tests.world.doubles.truth import DoublesWorld, Making
from tests.world.records import Record, as_kobo, dumped, with_number


def doubles_world(clubs: int = 80, seed: int = 11) -> DoublesWorld:
    """Make a world of honest clubs, of which some are there twice.

    Args:
        clubs: how many different ones; about as many again are doubles and look-alikes.
        seed: chooses one world among many.
    """
    plan = honest_plan(clubs, seed)
    making = Making(Random(f"{seed}/doubles"), list(honest_clubs(plan)))
    honest = list(making.histories)
    for number, history in enumerate(honest):
        double_club(making, history, number)
        like_club(making, history, number)
        double_members(making, history, number)
    codes = issue_codes(making.histories)
    sent = [
        built
        for history in making.histories
        for built in fill_all(history, codes, work(making, history, codes, plan, honest))
    ]
    sent.sort(key=lambda each: (each.received, each.root))
    records = tuple(
        Record(
            each.form,
            number,
            each.root,
            each.root,
            "",
            each.received,
            with_number(number, dumped(as_kobo(each.answers, each.root, each.received))),
        )
        for number, each in enumerate(sent, 1)
    )
    return DoublesWorld(
        records,
        tuple(making.clubs),
        tuple(making.members),
        tuple(making.clubs_meant),
        tuple(making.borrowers_meant),
        {one.club.sent.root: one.club.place.commune for one in making.histories},
        plan.as_of,
    )
