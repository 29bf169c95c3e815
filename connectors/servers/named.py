"""Which submissions are meant: always by their ids, never "all" because something was missing."""

from collections.abc import Collection, Mapping

HIGHEST = 2**63 - 1  # what the store can hold


def named(ids: Collection[int]) -> tuple[int, ...]:
    """Give the ids, each once and rising; none stay none.

    Raises:
        TypeError: not a collection of numbers. Servers take a request that names nothing for
            one that means everything, so a mistake must not get as far.
        ValueError: a number that is no id.
    """
    if not isinstance(ids, Collection) or isinstance(ids, str | bytes | Mapping):
        raise TypeError("ids of submissions, please")
    for each in ids:
        if not isinstance(each, int) or isinstance(each, bool):
            raise TypeError("an id is a whole number")
        if not 0 < each <= HIGHEST:
            raise ValueError("an id is a number above zero")
    return tuple(sorted(set(ids)))
