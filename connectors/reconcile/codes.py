"""Codes of clubs, members, boards and loans: issued once, by date, and never again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection

from connectors.store.raw import RawStore

# kind → how a number follows the scope: club 06463-01, member 06463-01-M001
PATTERNS: Mapping[str, str] = {
    "club": "{scope}-{number:02d}",
    "member": "{scope}-M{number:03d}",
    "board": "{scope}-B{number:02d}",
    "loan": "{scope}-L{number:03d}",
    "action": "{scope}-A{number:03d}",
}
LAST = date.max


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that needs a code.

    Args:
        key: root uuid of the submission it was first said in, with ``/identity`` in a repeat.
        scope: what the code begins with: a commune's code, or a club's.
        on: founding or event date.
        root_uuid: decides between equal dates.
        row: decides within a submission.
        identity: in a repeat, a keyed hash that stands for who or what the row is.
    """

    key: str
    scope: str
    on: date | None
    root_uuid: str
    row: int
    identity: str | None = None

    @property
    def order(self) -> tuple[date, str, int]:
        """Codes are given out in this order; arrival does not count."""
        return (self.on or LAST, self.root_uuid, self.row)


def issued(store: RawStore, kind: str) -> dict[str, str]:
    """Give the codes issued so far by key."""
    rows = store.connection.execute("SELECT key, code FROM issued_code WHERE kind = ?", (kind,))
    return dict(rows.fetchall())


def people(store: RawStore, kind: str) -> dict[str, str]:
    """Give the codes of people by where they stand: root uuid and row, with ``/`` between."""
    rows = store.connection.execute(
        "SELECT root_uuid || '/' || row, code FROM code_row WHERE kind = ? AND row IS NOT NULL",
        (kind,),
    )
    return dict(rows.fetchall())


def issue(
    store: RawStore, kind: str, candidates: Iterable[Candidate], on: date
) -> list[tuple[Candidate, str]]:
    """Give a code to every candidate; all of them or, when killed, none.

    Args:
        store: keeps the register of issued codes.
        kind: ``club``, ``member``, ``board``, ``loan`` or ``action``.
        candidates: in any order; none of them has a code.
        on: the day to write down, the run's cut-off date.

    Returns:
        The candidates in the order of their codes.
    """
    waiting = sorted(candidates, key=lambda each: each.order)
    with store.transaction() as connection:
        last: dict[str, int] = {}
        new = []
        for candidate in waiting:
            scope = candidate.scope
            if scope not in last:
                last[scope] = _last_number(connection, kind, scope)
            last[scope] += 1
            new.append((candidate, PATTERNS[kind].format(scope=scope, number=last[scope])))
        _write(connection, kind, new, on)
    return new


def _write(
    connection: Connection, kind: str, new: Sequence[tuple[Candidate, str]], on: date
) -> None:
    connection.executemany(
        "INSERT INTO issued_code (kind, key, code, issued) VALUES (?, ?, ?, ?)",
        [(kind, candidate.key, code, on.isoformat()) for candidate, code in new],
    )
    connection.executemany(
        "INSERT INTO code_row (kind, root_uuid, identity, row, code) VALUES (?, ?, ?, ?, ?)",
        [
            (kind, candidate.root_uuid, candidate.identity, candidate.row, code)
            for candidate, code in new
            if candidate.identity is not None
        ],
    )


def _last_number(connection: Connection, kind: str, scope: str) -> int:
    # "." follows "-" in the order of codes: everything that begins with the scope; the plus keeps
    # SQLite from walking through all codes of the kind instead
    rows = connection.execute(
        "SELECT code FROM issued_code WHERE code > ? AND code < ? AND +kind = ?",
        (f"{scope}-", f"{scope}.", kind),
    )
    numbers = (code.rpartition("-")[2] for (code,) in rows)
    return max((int(number.lstrip("MBLA")) for number in numbers), default=0)
