"""Expressions compared by what they say, whatever their blanks and quotes."""

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"""'[^']*'|"[^"]*"|\$\{[^}]*\}|<=|>=|!=|\d+(?:\.\d+)?|[\w.:]+|\S""")
_BOUND = {">": "lower", ">=": "lower", "<": "upper", "<=": "upper"}
_DIRECT = re.compile(r"^\.(<=|>=|<|>)(-?\d+(?:\.\d+)?)$")
_TURNED = re.compile(r"^(-?\d+(?:\.\d+)?)(<=|>=|<|>)\.$")
_FLIPPED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}

Tokens = tuple[str, ...]


def tokens(expression: str, renamed: Mapping[str, str] | None = None) -> Tokens:
    """Take an expression apart.

    Args:
        expression: as it stands in the workbook.
        renamed: new name by old name, for references to questions that were renamed.
    """
    return tuple(_plain(each, renamed or {}) for each in _TOKEN.findall(expression))


def only_looser(old: Tokens, new: Tokens) -> bool:
    """Tell whether everything that a constraint allowed is still allowed, as far as can be seen."""
    before, after = _clauses(old), _clauses(new)
    return all(any(_allows(each, known) for known in before) for each in after)


def _plain(token: str, renamed: Mapping[str, str]) -> str:
    if token.startswith("${"):
        name = token[2:-1].strip()
        return f"${{{renamed.get(name, name)}}}"
    if len(token) > 1 and token[0] == token[-1] == '"' and "'" not in token:
        return f"'{token[1:-1]}'"
    return token


def _clauses(expression: Tokens) -> list[Tokens]:
    """Split at every ``and`` outside brackets; an ``or`` there keeps the whole together."""
    parts: list[list[str]] = [[]]
    depth = 0
    for word in expression:
        depth += (word == "(") - (word == ")")
        if depth == 0 and word == "or":
            return [expression]
        if depth == 0 and word == "and":
            parts.append([])
        else:
            parts[-1].append(word)
    return [tuple(part) for part in parts if part]


def _allows(new: Tokens, old: Tokens) -> bool:
    if new == old:
        return True
    ours, theirs = _bound(new), _bound(old)
    if ours is None or theirs is None or _BOUND[ours[0]] != _BOUND[theirs[0]]:
        return False
    (sign, limit), (known, before) = ours, theirs
    if limit == before:
        return "=" in sign or "=" not in known
    return limit < before if _BOUND[sign] == "lower" else limit > before


def _bound(clause: Tokens) -> tuple[str, float] | None:
    """Read ``. >= 5`` or ``5 <= .``; None for anything else."""
    written = "".join(clause)
    if found := _DIRECT.match(written):
        return found[1], float(found[2])
    if found := _TURNED.match(written):
        return _FLIPPED[found[2]], float(found[1])
    return None
