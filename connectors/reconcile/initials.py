"""Initials where a name would be too much."""

import re
from collections.abc import Iterable

from connectors.store.erased import is_gone
from programme.text import tidy


def initials(name: str | None) -> str:
    """Give the initials of a person: "Nguyễn Văn An" → "N.V.A."; none of whoever was erased."""
    if is_gone(name):
        return ""
    return "".join(f"{word[0].upper()}." for word in tidy(name or "").split())


def without_names(text: str, names: Iterable[str]) -> str:
    """Put initials where somebody wrote the whole name of one of these people."""
    for name in sorted((tidy(each) for each in names), key=len, reverse=True):
        if " " in name:  # a single word may be any other
            text = re.sub(rf"\b{re.escape(name)}\b", initials(name), text, flags=re.IGNORECASE)
    return text
