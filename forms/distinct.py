"""Names of columns that no two questions of a table share, so that none overwrites another."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from forms.tables import SEPARATOR, Column, columns_of


def distinct(
    columns: Sequence[Column], above: str, kept: Sequence[Column] = ()
) -> tuple[Column, ...]:
    """Name columns after their questions, and after their groups too where that is not enough.

    The names depend on the paths alone, not on the order of rows: ``money/name`` beside
    ``place/name`` is ``money__name``, in every version that has both.

    Args:
        columns: questions of one table.
        above: path of the table, empty for the form itself.
        kept: other columns of the table, which keep their names.
    """
    bare = [replace(each, name=each.question) for each in columns]
    taken = Counter(_lower([*bare, *kept]))
    named = [
        replace(each, name=_with_groups(each, above)) if _shared(each, taken) else each
        for each in bare
    ]
    used = set(_lower(kept))
    numbered: dict[str, Column] = {}
    for each in sorted(named, key=lambda column: (column.path.lower(), column.path)):
        numbered[each.path] = _numbered(each, used)
        used.update(_lower([numbered[each.path]]))
    return tuple(numbered[each.path] for each in columns)


def _lower(columns: Iterable[Column]) -> list[str]:
    return [name.lower() for column in columns for name in columns_of(column)]


def _shared(column: Column, taken: Counter[str]) -> bool:
    return any(taken[name] > 1 for name in _lower([column]))


def _with_groups(column: Column, above: str) -> str:
    return column.path.removeprefix(f"{above}/" if above else "").replace("/", SEPARATOR)


def _numbered(column: Column, used: set[str]) -> Column:
    """Number what differs in capital letters only, or is like a part of a point."""
    tried, number = column, 1
    while not used.isdisjoint(_lower([tried])):
        number += 1
        tried = replace(column, name=f"{column.name}{SEPARATOR}{number}")
    return tried
