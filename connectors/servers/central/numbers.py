"""A number for each submission: Central has none that it shows, only an instance id.

The milliseconds at which Central received it stand in the high bits, a hash of the instance id in
the low ones. So a number needs no memory to be found again, says in which moment to look for its
submission, and rises as submissions arrive; edits, deletions and restores leave it.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

BITS = 21
LAST = (1 << BITS) - 1
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_MOST = 1 << (63 - BITS)  # milliseconds; some day in 2109


def milliseconds(moment: str) -> int:
    """Give a moment as Central writes it in milliseconds since 1970.

    Raises:
        ValueError: no such moment, or none that a number can hold.
    """
    found = datetime.fromisoformat(moment)
    if found.tzinfo is None:
        raise ValueError("a moment without a zone")
    count = (found - _START) // _MILLISECOND
    if not 0 < count < _MOST:
        raise ValueError("a moment far away")
    return count


def moment_of(number: int) -> str:
    """Give the moment at which the submission of a number was received, as Central reads it."""
    moment = _START + (number >> BITS) * _MILLISECOND
    return moment.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def last_of(moment: str) -> int:
    """Give the highest number that a submission received in a moment can have."""
    return milliseconds(moment) << BITS | LAST


def numbered(received: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Give the number of each submission by its instance id.

    Two of the same millisecond with the same hash (one in two millions) take numbers beside each
    other, always in the same order.

    Args:
        received: instance id and moment; all of a moment that there are.

    Raises:
        ValueError: a moment that is none.
    """
    taken: set[int] = set()
    numbers: dict[str, int] = {}
    for instance, moment in sorted(received):
        digest = hashlib.blake2b(instance.encode("utf-8", "replace"), digest_size=8).digest()
        base = milliseconds(moment) << BITS
        low = int.from_bytes(digest) & LAST
        while base | low in taken:
            low = (low + 1) & LAST
        taken.add(base | low)
        numbers[instance] = base | low
    return numbers
