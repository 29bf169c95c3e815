"""Many problems of one cause, written once: a person reads ten lines, not two hundred."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from programme.problem import NOWHERE, Problem, Text

FEW = 4  # so many of a kind are all written
SHOWN = 3  # of more, this many where they differ in words
ROWS = 10  # row numbers that are written out


def folded(problems: Iterable[Problem]) -> list[Problem]:
    """Put many problems of one kind and sheet into a few lines; the order stays.

    Args:
        problems: what was found.

    Returns:
        the same, but where more than ``FEW`` have one code in one sheet (file, form, server), the
        first ones and a last line that says how many more there are, and in which rows.
    """
    kinds: dict[Any, list[Problem]] = defaultdict(list)
    for each in problems:
        kinds[_kind(each)].append(each)
    return [line for kind in kinds.values() for line in _few(kind)]


def _kind(problem: Problem) -> Any:
    place = replace(problem.place, row=None, column=None, question=None, submission=None)
    return problem.code, problem.severity, place


def _few(kind: Sequence[Problem]) -> list[Problem]:
    if len(kind) <= FEW:
        return list(kind)
    shown = 1 if len({each.what for each in kind}) == 1 else SHOWN
    return [*kind[:shown], _rest(kind[shown:])]


def _rest(more: Sequence[Problem]) -> Problem:
    first = more[0]
    rows = list(dict.fromkeys(str(each.place.row) for each in more if each.place.row is not None))
    listed = ", ".join(rows[:ROWS]) + ("…" if len(rows) > ROWS else "")
    count = len(more)
    return Problem(
        first.code,
        Text(
            vi=f"còn {count} chỗ nữa như vậy" + (f", dòng {listed}" if rows else ""),
            en=f"{count} more like this" + (f", rows {listed}" if rows else ""),
        ),
        first.do,
        replace(NOWHERE, file=first.place.file, sheet=first.place.sheet, form=first.place.form),
        first.severity,
    )
