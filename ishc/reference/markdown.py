"""The little Markdown that pages of reference need."""

import re
from collections.abc import Iterable, Sequence

_BLANKS = re.compile(r"\s+")
_PLACEHOLDER = re.compile(r"(\{\w+\}|\$\{\w+\})")


def cell(text: str) -> str:
    """Give a text as it stands in a cell of a table, on one line."""
    plain = _BLANKS.sub(" ", text).strip()
    return plain.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


def code(text: str) -> str:
    """Give a name or value as code; nothing for nothing."""
    plain = _BLANKS.sub(" ", text).strip().replace("|", "\\|")
    return f"`{plain}`" if plain else ""


def worded(text: str) -> str:
    """Give a text whose ``{placeholders}`` are shown as dots, as people read it."""
    return cell(_PLACEHOLDER.sub("…", text))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in lines) + "\n"
