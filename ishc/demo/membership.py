"""A club's people over the whole time: first roster, who joins, leaves and changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ishc.demo import activity, people
from ishc.demo.happened import Changed, Left
from ishc.demo.model import Person, Unlisted
from ishc.demo.plan import Assigned, Plan, share, share_of_borrowers


@dataclass(frozen=True, slots=True)
class Membership:
    """A club's people over the whole time, and the sizes that follow month by month."""

    founded_on: date
    registered: date
    meeting_day: int
    roster: tuple[Person, ...]
    unlisted: Unlisted
    joined: Mapping[int, tuple[Person, ...]]
    left: Mapping[int, tuple[Left, ...]]
    changed: Mapping[int, tuple[Changed, ...]]
    sizes: tuple[activity.Size, ...]


def draw_membership(rng: Random, plan: Plan, number: int, assigned: Assigned) -> Membership:
    """Make up a club's people and who comes and goes; totals at the end are the plan's."""
    first, last = plan.founded
    founded_on = first + timedelta(days=rng.randrange((last - first).days))
    registered = plan.first_month - timedelta(days=rng.randint(5, 25))
    day = rng.randint(5, 23)
    shares = people.draw_shares(rng)
    months = [month for month in range(plan.months) if month not in assigned.missing]
    joins, leaves = rng.choice((0, 1, 2, 2, 3, 4)), rng.choice((0, 0, 1, 1, 2, 3))
    size = share(plan.members, plan.clubs, number) - joins + leaves
    drawn = people.draw_roster(rng, shares, number, size, founded_on, registered)
    listed, unlisted = people.split_by_consent(drawn, registered.year)
    roster = people.with_need(listed, share_of_borrowers(plan, number))
    days = {place: month.replace(day=day) for place, month in enumerate(plan.calendar)}
    calm = [row for row in range(1, len(roster) + 1) if not roster[row - 1].needs]
    left = people.draw_leaving(rng, calm, months, days, min(leaves, len(calm)))
    name = number * people.NAMES_A_CLUB + size + 1
    joined = people.draw_joining(rng, shares, name, months, days, joins)
    gone = {one.row for each in left.values() for one in each}
    staying = [row for row in range(1, len(roster) + 1) if row not in gone]
    changed = people.draw_changes(rng, roster, staying, months)
    sizes = tuple(_sizes(plan, roster, unlisted, joined, left))
    return Membership(founded_on, registered, day, roster, unlisted, joined, left, changed, sizes)


def _sizes(
    plan: Plan,
    roster: Sequence[Person],
    unlisted: Unlisted,
    joined: Mapping[int, tuple[Person, ...]],
    left: Mapping[int, tuple[Left, ...]],
) -> Iterator[activity.Size]:
    listed = people.count(roster, plan.first_month.year)
    total, women = listed.total + unlisted.total, listed.women + unlisted.women
    older = listed.sixty_plus + unlisted.sixty_plus
    for place, month in enumerate(plan.calendar):
        came = people.count(joined.get(place, ()), month.year)
        went = people.count([roster[one.row - 1] for one in left.get(place, ())], month.year)
        total += came.total - went.total
        women += came.women - went.women
        older += came.sixty_plus - went.sixty_plus
        yield activity.Size(total, women, older)
