"""Which cells of tables with totals have to be hidden, so that no small count can be reckoned out.

Small counts are hidden first. Then a way is sought for each hidden cell in which it could be one
more or one less while everything that is shown stays true; where there is none, the fewest further
cells that make one are hidden too. So the answer rests on no rule of thumb: for every hidden cell
another value was seen to be possible.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from heapq import heappop, heappush
from typing import Any, TypeVar

Cell = TypeVar("Cell", bound=Hashable)
LEAST_SHOWN = 5  # of persons; 1 to 4 are hidden, none is shown as 0
_STEPS = 3_000  # of a search; what it does not find by then is given up
_TRIED = 6  # shown cells of a sum that are weighed against each other
_BROKEN = 0.6  # what a sum that does not hold yet weighs, against 1 for another hidden cell


class Hidden(Enum):
    """Why a cell is not shown."""

    SMALL = "small"  # 1 to 4
    SECOND = "second"  # a total would give a small one away


@dataclass(frozen=True, slots=True)
class Sum:
    """A total with its parts, by the names of the cells."""

    total: Hashable
    parts: tuple[Hashable, ...]


def hide(
    counts: Mapping[Cell, int],
    sums: Sequence[Sum],
    decided: Mapping[Cell, Hidden | None] | None = None,
    guarded: Collection[Cell] = (),
) -> dict[Cell, Hidden]:
    """Choose the cells to hide.

    Who knows every shown cell, every sum, that a small cell is 1 to 4 and that another hidden one
    is 5 or more cannot tell the value of any hidden cell. The same counts give the same choice.
    Where “1 to 4” itself would tell too much (4 is made of four cells, so each is 1) a small total
    is hidden like the larger ones.

    Args:
        counts: cell → number of persons, 0 or more; cells without a figure are left out.
        sums: which cells add up to which; those that do not add up are not a way to know.
        decided: what was hidden (None: shown) before, and stays so.
        guarded: cells of 5 and more to hide as well, as safely as small ones.
    """
    table = _Table(counts, sums, decided or {})
    small = sorted((cell for cell in counts if 0 < counts[cell] < LEAST_SHOWN), key=table.rank)
    for cell in small:
        table.hidden.setdefault(cell, Hidden.SMALL)
    large = sorted((cell for cell in guarded if counts[cell] >= LEAST_SHOWN), key=table.rank)
    table.hidden.update(dict.fromkeys(large, Hidden.SECOND))
    safe: set[Hashable] = set()
    for cell in (*small, *large):
        if cell not in safe:
            changed = table.another_way(cell) or table.loosened(cell)
            for each in changed:
                table.hidden.setdefault(each, Hidden.SECOND)
            safe |= changed
    return {cell: table.hidden[cell] for cell in counts if cell in table.hidden}


Changes = Mapping[Hashable, int]
Over = Mapping[int, int]  # number of a sum → by how much its parts are more than its total


class _Table:
    """The counts, which sums each stands in, and what is hidden so far."""

    def __init__(
        self,
        counts: Mapping[Any, int],
        sums: Sequence[Sum],
        decided: Mapping[Any, Hidden | None],
    ) -> None:
        self.counts: Mapping[Hashable, int] = dict(counts)
        self.hidden: dict[Hashable, Hidden] = {
            cell: why for cell, why in decided.items() if why and cell in counts
        }
        self.decided = frozenset(decided)
        self.sums = [kept for each in sums if (kept := _adding_up(each, self.counts))]
        self.inside: dict[Hashable, list[tuple[int, int]]] = {}
        for number, each in enumerate(self.sums):
            for cell in each.parts:
                self.inside.setdefault(cell, []).append((number, 1))
            self.inside.setdefault(each.total, []).append((number, -1))

    def rank(self, cell: Hashable) -> tuple[int, str]:
        """Put the smaller before the larger, always in the same order."""
        return self.counts[cell], str(cell)

    def another_way(self, cell: Hashable) -> set[Hashable]:
        """Find the fewest further cells to hide so that this one could be another.

        Returns:
            All cells that change together by one; empty if none were found.
        """
        waiting: list[tuple[float, int, float, Changes, Over]] = []
        for change in (1, -1):
            if self._may(cell, change):
                over = self._over({}, cell, change)
                heappush(waiting, (_BROKEN * len(over), len(waiting), 0.0, {cell: change}, over))
        for step in range(2, _STEPS):
            if not waiting:
                break
            _, _, cost, changes, over = heappop(waiting)
            if not over:
                return set(changes)
            for further, change in self._ways(changes, over):
                then = self._over(over, further, change)
                spent = cost + self._cost(further)
                weight = spent + _BROKEN * len(then)
                mark = step * 1_000 + len(
                    waiting
                )  # the first found goes first, and no two are equal
                heappush(waiting, (weight, mark, spent, {**changes, further: change}, then))
        return set()

    def loosened(self, cell: Hashable) -> set[Hashable]:
        """Say of the small totals around a cell only that they are hidden, and search again."""
        around = self._around(cell)
        totals = [each for each in around if any(sign < 0 for _, sign in self.inside[each])]
        for group in (totals, around):
            small = [each for each in group if each in self.hidden and each not in self.decided]
            self.hidden.update(dict.fromkeys(small, Hidden.SECOND))
            if found := self.another_way(cell):
                return found
        return {each for each in around if each not in self.decided}

    def _around(self, cell: Hashable) -> set[Hashable]:
        """Give every cell with a figure above 0 that sums connect with this one."""
        found, new = {cell}, [cell]
        while new:
            beside = {other for each in new for number, _ in self.inside.get(each, ())
                      for other in _cells(self.sums[number])}  # fmt: skip
            new = [each for each in beside - found if self.counts[each] > 0]
            found.update(new)
        return found

    def _may(self, cell: Hashable, change: int) -> bool:
        """Tell whether a cell, hidden, would read the same with one more or less."""
        count = self.counts[cell]
        if cell in self.decided and cell not in self.hidden:
            return False
        if 0 < count < LEAST_SHOWN:
            is_small = self.hidden[cell] is Hidden.SMALL
            return count + change > 0 and not (is_small and count + change >= LEAST_SHOWN)
        return count >= LEAST_SHOWN and count + change >= LEAST_SHOWN

    def _cost(self, cell: Hashable) -> float:
        if cell in self.hidden:
            return 0.0
        is_total = any(sign < 0 for _, sign in self.inside[cell])
        return 1.0 + is_total + min(self.counts[cell], 9_999) / 10_000

    def _ways(self, changes: Changes, over: Over) -> list[tuple[Hashable, int]]:
        """Give the changes that would mend the first sum that does not hold."""
        number = min(over)
        step = -1 if over[number] > 0 else 1
        each = self.sums[number]
        ways = [(cell, step) for cell in each.parts] + [(each.total, -step)]
        may = [way for way in ways if way[0] not in changes and self._may(*way)]

        def weight(way: tuple[Hashable, int]) -> tuple[float, str]:
            left = len(self._over(over, *way))
            return self._cost(way[0]) + _BROKEN * left, str(way[0])

        return sorted(may, key=weight)[:_TRIED]

    def _over(self, over: Over, cell: Hashable, change: int) -> Over:
        """Give the sums that do not hold after one more change."""
        then = dict(over)
        for number, sign in self.inside.get(cell, ()):
            then[number] = then.get(number, 0) + sign * change
        return {number: by for number, by in then.items() if by}


def _adding_up(each: Sum, counts: Mapping[Hashable, int]) -> Sum | None:
    """Keep the cells that have a figure, if the sum holds."""
    parts = tuple(cell for cell in each.parts if cell in counts)
    if each.total not in counts or not parts:
        return None
    holds = sum(counts[cell] for cell in parts) == counts[each.total]
    return Sum(each.total, parts) if holds else None


def _cells(each: Sum) -> tuple[Hashable, ...]:
    return (*each.parts, each.total)
