"""How many of the doubles were found, and how many candidates are none."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tests.world.doubles.truth import DoublesWorld, Meant, Pair

Keys = frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """Candidates beside the truth.

    Args:
        right: candidates that are the same.
        missed: pairs that are the same and no candidates.
        false: candidates that are not the same, with why they look so where that is known.
    """

    right: int
    missed: tuple[Pair, ...]
    false: tuple[tuple[Keys, str], ...]

    @property
    def precision(self) -> float:
        """The share of the candidates that are right; 1 when there are none."""
        told = self.right + len(self.false)
        return self.right / told if told else 1.0

    @property
    def recall(self) -> float:
        """The share of the doubles that are candidates; 1 when there are none."""
        there = self.right + len(self.missed)
        return self.right / there if there else 1.0


def clubs(world: DoublesWorld, candidates: Iterable[tuple[str, str]]) -> Judged:
    """Judge candidates for clubs that are the same, by the root uuids of their registrations."""
    return _judged(world.clubs, candidates, lambda _: False)


def members(world: DoublesWorld, candidates: Iterable[tuple[str, str]]) -> Judged:
    """Judge candidates for members that are the same, by ``root/row``.

    People of two clubs that are the same are left out: they are the same if the clubs are.
    """
    same = {frozenset((pair.left, pair.right)) for pair in world.clubs if pair.same}

    def follows(keys: Keys) -> bool:
        return frozenset(key.partition("/")[0] for key in keys) in same

    return _judged(world.members, candidates, follows)


def _judged(
    truth: Iterable[Pair],
    candidates: Iterable[tuple[str, str]],
    left_out: Callable[[Keys], bool],
) -> Judged:
    told = {frozenset(pair) for pair in candidates}
    told = {keys for keys in told if not left_out(keys)}
    pairs = {frozenset((pair.left, pair.right)): pair for pair in truth}
    same = {keys for keys, pair in pairs.items() if pair.same}
    false = sorted(told - same, key=sorted)
    return Judged(
        right=len(told & same),
        missed=tuple(pairs[keys] for keys in sorted(same - told, key=sorted)),
        false=tuple((keys, pairs[keys].why if keys in pairs else "nothing") for keys in false),
    )


def words(truth: Iterable[Meant], understood: Mapping[str, str]) -> Judged:
    """Judge whom words were taken to mean.

    Args:
        truth: what each submission means.
        understood: key by root uuid of the submission; those not understood are left out.
    """
    known = {one.root: one for one in truth}
    right = [root for root, key in understood.items() if known[root].key == key]
    wrong = [root for root in understood if root not in right]
    return Judged(
        right=len(right),
        missed=tuple(
            Pair(one.root, one.key, same=True, why=f"{one.why}: {one.words}")
            for one in known.values()
            if one.key is not None and one.root not in understood
        ),
        false=tuple(
            (frozenset((root, understood[root])), f"{known[root].why}: {known[root].words}")
            for root in wrong
        ),
    )
