"""Estimates from the sample with their margins, as the survey's indicators have them. Pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reports.indicators.margins import ClubSums, margin_of

LEAST_CLUBS = 2
_NOBODY_OF = 3.0  # what nobody of n said is, for 95 of 100 samples, true of at most 3 / n


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was interviewed.

    Args:
        weight: for how many members this one stands.
        answers: by question; a question with several answers has a tuple.
    """

    stratum: str
    club: str
    weight: float
    answers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of the members, in percent.

    Args:
        share: None where too few were asked.
        margin: percentage points on either side; None where it cannot be told.
        interviews, clubs: how many it rests on.
    """

    share: float | None
    margin: float | None
    interviews: int
    clubs: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """The lower and upper bound, within 0 and 100."""
        if self.share is None or self.margin is None:
            return None
        return max(0.0, self.share - self.margin), min(100.0, self.share + self.margin)


def estimate(
    people: Sequence[Person],
    said: Callable[[Person], bool | None],
    *,
    least: int,
    confidence: float,
) -> Estimate:
    """Estimate the share of members of whom something is true.

    Args:
        people: all who were interviewed, also those whom the question is not about: their clubs
            count as visited.
        said: whether it is true of somebody; None: not asked, not known, or of another group.
        least: fewer interviews give no estimate.
        confidence: of how many of 100 samples the margin holds.
    """
    answers = [(person, said(person)) for person in people]
    inside = [(person, answer) for person, answer in answers if answer is not None]
    clubs = len({person.club for person, _ in inside})
    whole = sum(person.weight for person, _ in inside)
    if len(inside) < least or clubs < LEAST_CLUBS or not whole:
        return Estimate(None, None, len(inside), clubs)
    share = sum(person.weight for person, answer in inside if answer) / whole
    if share in (0.0, 1.0):  # all clubs say the same: how they differ tells nothing
        return Estimate(100 * share, 100 * _NOBODY_OF / len(inside), len(inside), clubs)
    margin = margin_of(_by_club(answers), confidence)
    return Estimate(100 * share, None if margin is None else 100 * margin, len(inside), clubs)


def _by_club(answers: Sequence[tuple[Person, bool | None]]) -> list[ClubSums]:
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0])
    for person, answer in answers:
        found = sums[person.club, person.stratum]
        if answer is not None:
            found[0] += person.weight * answer
            found[1] += person.weight
            found[2] += 1
    return [
        ClubSums(club, stratum, yes, whole, int(interviews))
        for (club, stratum), (yes, whole, interviews) in sums.items()
    ]
