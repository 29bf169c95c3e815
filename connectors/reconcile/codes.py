"""Codes of clubs, members, boards and loans: issued once, by date, and never again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from connectors.store.raw import RawStore

# kind → how a number follows the scope: club 06463-01, member 06463-01-M001
PATTERNS: Mapping[str, str] = {
    "club": "{scope}-{number:02d}",
    "member": "{scope}-M{number:03d}",
    "board": "{scope}-B{number:02d}",
    "loan": "{scope}-L{number:03d}",
}
LAST = date.max


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that needs a code.

    Args:
        key: root uuid of the submission it was first said in, with ``/row`` in a repeat.
        scope: what the code begins with: a commune's code, or a club's.
        on: founding or event date.
        root_uuid: decides between equal dates.
        row: decides within a submission.
    """

    key: str
    scope: str
    on: date | None
    root_uuid: str
    row: int

    @property
    def order(self) -> tuple[date, str, int]:
        """Codes are given out in this order; arrival does not count."""
        return (self.on or LAST, self.root_uuid, self.row)


def issued(store: RawStore, kind: str) -> dict[str, str]:
    """Give the codes issued so far by key."""
    rows = store.connection.execute("SELECT key, code FROM issued_code WHERE kind = ?", (kind,))
    return dict(rows.fetchall())


def issue(store: RawStore, kind: str, candidates: Iterable[Candidate], on: date) -> dict[str, str]:
    """Give a code to every candidate without one; all of them or, when killed, none.

    Args:
        store: keeps the register of issued codes.
        kind: ``club``, ``member``, ``board`` or ``loan``.
        candidates: in any order.
        on: the day to write down, the run's cut-off date.

    Returns:
        The new codes by key.
    """
    with store.transaction() as connection:
        known = issued(store, kind)
        last = _last_numbers(known.values())
        new: dict[str, str] = {}
        for candidate in sorted(candidates, key=lambda each: each.order):
            if candidate.key in known or candidate.key in new:
                continue
            last[candidate.scope] += 1
            new[candidate.key] = PATTERNS[kind].format(
                scope=candidate.scope, number=last[candidate.scope]
            )
        connection.executemany(
            "INSERT INTO issued_code (kind, key, code, issued) VALUES (?, ?, ?, ?)",
            [(kind, key, code, on.isoformat()) for key, code in new.items()],
        )
    return new


def _last_numbers(codes: Iterable[str]) -> defaultdict[str, int]:
    last: defaultdict[str, int] = defaultdict(int)
    for code in codes:
        scope, _, number = code.rpartition("-")
        last[scope] = max(last[scope], int(number.lstrip("MBL")))
    return last
