"""Review states, in the words that the tables have for validation states."""

from collections.abc import Mapping

from connectors.servers.contract import StateName
from connectors.servers.kobo.states import STATES

__all__ = ["REVIEW", "STATES", "word_of"]

REVIEW: Mapping[StateName, str] = {
    "on_hold": "hasIssues",
    "not_approved": "rejected",
    "approved": "approved",
}
_WORDS = {review: STATES[name] for name, review in REVIEW.items()}


def word_of(state: object) -> str | None:
    """Give the word for a review state; None for ``edited``, which nobody judged."""
    return _WORDS.get(state) if isinstance(state, str) else None
