"""Who stands where on the shortlist. Pure: rows in, places out; nobody is left out in silence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.content.awards.rules import Rules

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Candidate:
    """A club with what the rules say of it.

    Args:
        met: conditions by code: met, not met, or not known (None).
        earned: points by code; None where it is not known.
        least, most: points with everything unknown as nothing, and as everything.
        place: rank, shared by clubs of equal points; 0 where it is not ranked.
        shared: how many clubs have that place.
    """

    club: Mapping[str, Any]
    met: Mapping[str, bool | None]
    earned: Mapping[str, float | None]
    least: float
    most: float
    place: int = 0
    shared: int = 1

    @property
    def failed(self) -> tuple[str, ...]:
        """Conditions that the club does not meet."""
        return tuple(code for code, met in self.met.items() if met is False)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Conditions and points that are not known."""
        parts: Iterable[tuple[str, object]] = [*self.met.items(), *self.earned.items()]
        return tuple(code for code, said in parts if said is None)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Every club in operation, in one of four lists.

    Args:
        chosen: meets all conditions and is among the first; ties at the end all stand here.
        others: meets all conditions, further down.
        unclear: a condition is not known: to be looked at by people.
        failed: a condition is not met.
    """

    chosen: Sequence[Candidate]
    others: Sequence[Candidate]
    unclear: Sequence[Candidate]
    failed: Sequence[Candidate]

    @property
    def last_points(self) -> float | None:
        """The points of the last club chosen."""
        return self.chosen[-1].least if self.chosen else None

    def may_reach(self, candidate: Candidate) -> bool:
        """Tell whether a club could be among the chosen if what is missing were known."""
        last = self.last_points
        return bool(candidate.unknown) and (last is None or candidate.most > last + _SAME)


def shortlist(clubs: Sequence[Mapping[str, Any]], rules: Rules) -> Shortlist:
    """Rank clubs by points; what is not known earns nothing, and is told."""
    candidates = [_candidate(club, rules) for club in clubs]
    able = [each for each in candidates if all(met is True for met in each.met.values())]
    ranked = _ranked(able)
    cut = ranked[rules.places - 1].place if len(ranked) >= rules.places else len(ranked)
    return Shortlist(
        [each for each in ranked if each.place <= cut],
        [each for each in ranked if each.place > cut],
        [each for each in candidates if None in each.met.values() and not each.failed],
        [each for each in candidates if each.failed],
    )


def _candidate(club: Mapping[str, Any], rules: Rules) -> Candidate:
    met = {rule.code: club[f"rule_{rule.code}"] for rule in rules.conditions}
    earned: dict[str, float | None] = {}
    for rule in rules.scored:
        share = club[f"rule_{rule.code}"]
        earned[rule.code] = None if share is None else rule.points * min(max(share, 0.0), 1.0)
    # ranked as printed: who reads the same points sees the same place
    least = round(sum(points for points in earned.values() if points is not None), 1)
    missing = sum(rule.points for rule in rules.scored if earned[rule.code] is None)
    return Candidate(club, met, earned, least, least + missing)


def _ranked(candidates: Sequence[Candidate]) -> list[Candidate]:
    ordered = sorted(candidates, key=lambda each: (-each.least, each.club["club_code"]))
    ranked: list[Candidate] = []
    for number, each in enumerate(ordered, start=1):
        tied = ranked and abs(ranked[-1].least - each.least) <= _SAME
        place = ranked[-1].place if tied else number
        ranked.append(_at(each, place, 1))
    sizes: dict[int, int] = {}
    for each in ranked:
        sizes[each.place] = sizes.get(each.place, 0) + 1
    return [_at(each, each.place, sizes[each.place]) for each in ranked]


def _at(each: Candidate, place: int, shared: int) -> Candidate:
    return Candidate(each.club, each.met, each.earned, each.least, each.most, place, shared)
