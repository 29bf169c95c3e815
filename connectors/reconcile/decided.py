"""What people decided, as the register files read it: two codes mean one, a report means a club."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from connectors.reconcile.handed import hand_over

_SAME_AS = pa.schema([(name, pa.string()) for name in ("kind", "code", "same_as")])
_SUBMISSION = ("form", "_source", "_root_uuid")
_MEANT = pa.schema([(name, pa.string()) for name in (*_SUBMISSION, "club_code")])
_DECIDED = pa.schema(
    [(name, pa.string()) for name in ("kind", "left_code", "right_code", "decision")]
)
_PLACED = pa.schema([(name, pa.string()) for name in (*_SUBMISSION, "commune_code")])


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions that are in force; whoever takes one out has the old picture back.

    Args:
        same_as: kind (club, member, loan), code, and the surviving code, which is no ``code``.
        meant: form, source, root uuid, and the code of the club that a report means which names
            one in words.
        placed: form, source, root uuid, and today's commune of a submission whose old commune
            was split.
        decisions: kind (club, member, loan, borrower, words), the two codes and the decision
            (same, different, not_sure) of every pair that people judged.
    """

    same_as: Sequence[tuple[str, str, str]] = ()
    meant: Sequence[tuple[str, str, str, str]] = ()
    placed: Sequence[tuple[str, str, str, str]] = ()
    decisions: Sequence[tuple[str, str, str, str]] = ()

    def and_more(self, other: "Decided") -> "Decided":
        """Give these decisions and others."""
        return Decided(
            same_as=[*self.same_as, *other.same_as],
            meant=[*self.meant, *other.meant],
            placed=[*self.placed, *other.placed],
            decisions=[*self.decisions, *other.decisions],
        )

    def show(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make tables of these names for the register files; ``decisions`` as ``decided``."""
        hand_over(connection, "same_as", _SAME_AS, self.same_as)
        hand_over(connection, "meant", _MEANT, self.meant)
        hand_over(connection, "placed", _PLACED, self.placed)
        hand_over(connection, "decided", _DECIDED, self.decisions)


NOTHING_DECIDED = Decided()
