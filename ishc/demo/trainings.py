"""Trainings of a club's board: the first one, and a refresher now and then."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random

from ishc.demo.happened import Training
from ishc.demo.model import Club
from ishc.demo.plan import Plan, share
from ishc.demo.stamps import draw_device, stamp

THEMES = ("management", "income", "health", "rights", "digital", "green")
LEVELS = ("commune", "commune", "province")


def draw_trainings(plan: Plan, club: Club) -> Iterator[Training]:
    """Train a club's board as often as the plan says, evenly over the months.

    Its chance is its own, so that a world without trainings stays what it was.

    Args:
        plan: parameters.
        club: whose board comes, all of it.
    """
    rng = Random(f"{plan.seed}/{club.number}/trainings")
    wanted = share(plan.trainings, plan.clubs, club.number)
    for step in range(wanted):
        starts_on = plan.calendar[step * plan.months // wanted].replace(day=rng.randint(3, 20))
        days = rng.choice((1, 2, 2))
        end = datetime.combine(
            starts_on + timedelta(days=days - 1), time(rng.randint(16, 19), rng.randrange(60))
        )
        yield Training(
            sent=stamp(rng, end, 15, draw_device(rng)),
            kind="refresher" if step else "initial",
            level=rng.choice(LEVELS),
            starts_on=starts_on,
            days=days,
            themes=("founding", *rng.sample(THEMES, 2)) if not step else tuple(_themes(rng)),
            cost=rng.randrange(2_000, 9_000, 100),
            members=rng.randrange(0, 12),
        )


def _themes(rng: Random) -> list[str]:
    return rng.sample(THEMES, rng.randint(1, 3))
