"""What people decided about two entries: kept in the store, the last decision of a pair counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from connectors.store.raw import RawStore

Judgement = Literal["same", "different", "not_sure", "undone"]
Pair = tuple[str, str, str]

_ALL = """
SELECT kind, left_code, right_code, decision, decided_by, decided_on, note, number
FROM decision ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a pair.

    Args:
        kind: club, member, loan, borrower or words.
        left, right: codes; of two of a kind the lesser one comes first.
        judgement: same, different, not sure; or that an earlier decision is taken back.
        by: who decided.
        on: on which day; None where nobody wrote one.
        note: whatever else they wrote.
        number: of the decision in the store; 0 before it is kept.
    """

    kind: str
    left: str
    right: str
    judgement: Judgement
    by: str = ""
    on: date | None = None
    note: str = ""
    number: int = 0

    @property
    def pair(self) -> Pair:
        """What it is about."""
        return (self.kind, self.left, self.right)

    @property
    def said(self) -> tuple[str, str, date | None, str]:
        """What was said about it."""
        return (self.judgement, self.by, self.on, self.note)


def all_decisions(store: RawStore) -> dict[int, Decision]:
    """Give every decision that there ever was, by number, in their order."""
    found = {}
    for kind, left, right, judgement, by, on, note, number in store.connection.execute(_ALL):
        day = date.fromisoformat(on) if on else None
        found[number] = Decision(kind, left, right, judgement, by, day, note, number)
    return found


def last_decisions(store: RawStore) -> dict[Pair, Decision]:
    """Give the last decision about every pair, those that were taken back as well."""
    return {each.pair: each for each in all_decisions(store).values()}


def keep_decisions(store: RawStore, decisions: Iterable[Decision]) -> int:
    """Keep decisions, all or none; what was said before in the same words is not kept again.

    Returns:
        How many were new.
    """
    kept = 0
    with store.transaction() as connection:
        last = last_decisions(store)
        for each in decisions:
            before = last.get(each.pair)
            if before is not None and before.said == each.said:
                continue
            last[each.pair] = each
            connection.execute(
                "INSERT INTO decision (kind, left_code, right_code, decision, decided_by, "
                "decided_on, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*each.pair, each.judgement, each.by, each.on.isoformat() if each.on else "",
                 each.note),
            )  # fmt: skip
            kept += 1
    return kept


def issued_order(store: RawStore) -> dict[str, int]:
    """Give every code's place in the order in which codes were issued."""
    rows = store.connection.execute(
        "SELECT code FROM issued_code WHERE kind IN ('club', 'member', 'loan') "
        "ORDER BY issued, rowid"
    )
    return {code: place for place, (code,) in enumerate(rows)}
