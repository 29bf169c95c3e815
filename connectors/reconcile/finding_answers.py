"""What people answered to findings: kept in the store, the last answer of each counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from connectors.reconcile.finding import Row, value_mark
from connectors.store.raw import RawStore

Decision = Literal["mended", "waive", "question", "reopen"]

_LAST = """
SELECT finding_id, decision, answer, answered_by, answered_on, value, file, row, max(number)
FROM finding_answer GROUP BY finding_id
"""
_WAIVERS = """
SELECT finding_id, decision, value, max(number) FROM finding_answer
WHERE decision IN ('waive', 'reopen') GROUP BY finding_id
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to a finding.

    Args:
        finding_id: which.
        decision: mended on the server, waive, question, or open again what was waived.
        answer: the reason, or the question.
        by: who answers for it.
        on: on which day; None where nobody wrote one.
        value: mark of the value that was answered to.
        file: name of the workbook.
        row: in that workbook.
        waives: the value that is waived, empty where nothing is.
    """

    finding_id: str
    decision: str
    answer: str
    by: str
    on: date | None
    value: str
    file: str
    row: int
    waives: str = ""

    @property
    def said(self) -> tuple[str, str, str, date | None]:
        """What was said, wherever it stood: the same said twice is said once."""
        return (self.decision, self.answer, self.by, self.on)

    def columns(self) -> dict[str, Any]:
        """Give the columns of the table ``finding``."""
        return {
            "decision": self.decision,
            "answer": self.answer,
            "answered_by": self.by,
            "answered_on": self.on,
        }


def waived(row: Row, answer: Answer | None) -> bool:
    """Tell whether a finding is waived: as long as the value concerned stays what it was."""
    return answer is not None and answer.waives != "" and answer.waives == value_mark(row)


def last_answers(store: RawStore) -> dict[str, Answer]:
    """Give the last answer to each finding, with what is still waived, by finding."""
    waivers = {
        finding: value if decision == "waive" else ""
        for finding, decision, value, _ in store.connection.execute(_WAIVERS)
    }
    found = {}
    for finding, decision, answer, by, on, value, file, row, _ in store.connection.execute(_LAST):
        day = date.fromisoformat(on) if on else None
        waives = waivers.get(finding, "")
        found[finding] = Answer(finding, decision, answer, by, day, value, file, row, waives)
    return found


def keep_answers(store: RawStore, answers: Iterable[Answer]) -> int:
    """Keep answers, all or none; what was said before in the same words is not kept again.

    Returns:
        How many were new.
    """
    kept = 0
    with store.transaction() as connection:
        said = _said(store)
        for each in answers:
            if each.said in said.setdefault(each.finding_id, set()):
                continue
            said[each.finding_id].add(each.said)
            on = each.on.isoformat() if each.on else ""
            connection.execute(
                "INSERT INTO finding_answer (finding_id, decision, answer, answered_by, "
                "answered_on, value, file, row) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (each.finding_id, each.decision, each.answer, each.by, on, each.value,
                 each.file, each.row),
            )  # fmt: skip
            kept += 1
    return kept


def known_findings(store: RawStore) -> frozenset[str]:
    """Give the ids of all findings that there ever were."""
    rows = store.connection.execute("SELECT DISTINCT finding_id FROM finding_event")
    return frozenset(row[0] for row in rows)


def _said(store: RawStore) -> dict[str, set[tuple[str, str, str, date | None]]]:
    said: dict[str, set[tuple[str, str, str, date | None]]] = {}
    rows: Iterable[tuple[str, str, str, str, str]] = store.connection.execute(
        "SELECT finding_id, decision, answer, answered_by, answered_on FROM finding_answer"
    )
    for finding, decision, answer, by, on in rows:
        day = date.fromisoformat(on) if on else None
        said.setdefault(finding, set()).add((decision, answer, by, day))
    return said
