"""What a condition is worded with: who is asked what under which number, and what is computed."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from forms.paper.expression import (
    Answer,
    Call,
    Here,
    Literal,
    Node,
    Opaque,
    Operation,
    names,
    parse,
)
from forms.questions import Kind

# functions that hand on the answer they are given
_WRAPPERS = frozenset({"number", "int", "string", "coalesce", "once", "round", "boolean"})
_PHONE = ("pulldata(", "instance(", "indexed-repeat(")
DEEPEST = 6  # computed values that rest on computed values


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on paper, as a condition speaks of it; ``kind`` None is a table."""

    number: str
    kind: Kind | None
    choices: Mapping[str, str]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a form.

    Args:
        asked: questions on paper by name.
        computed: expressions of what the phone computes, by name.
        lists: folder where the lists of the form lie.
    """

    asked: Mapping[str, Asked]
    computed: Mapping[str, str]
    lists: Path

    def simple(self, node: Node, depth: int = 0) -> Node:
        """Take off what changes nothing on paper, and look up what is fixed."""
        if depth > DEEPEST:
            return node
        match node:
            case Call("pulldata", arguments):
                return self._looked_up(arguments) or node
            case Call("concat", arguments):
                parts = [self.simple(each, depth + 1) for each in arguments]
                texts = [each.value for each in parts if isinstance(each, Literal)]
                return Literal("".join(texts)) if len(texts) == len(parts) else node
            case Call(function, (first, *_)) if function in _WRAPPERS:
                return self.simple(first, depth + 1)
            case Answer(name) if name not in self.asked and name in self.computed:
                inner = self.simple(parse(self.computed[name]), depth + 1)
                return node if isinstance(inner, Opaque | Operation) else inner
        return node

    def fixed(self, name: str) -> str | None:
        """Give a computed value that is the same for everybody, from a list beside the form."""
        found = self.simple(Answer(name))
        return found.value if isinstance(found, Literal) else None

    def questions(self, looked_at: Iterable[str]) -> tuple[str, ...]:
        """Give the numbers of the questions that names rest on, however indirectly."""
        numbers: dict[str, None] = {}
        seen: set[str] = set()
        waiting = list(looked_at)
        while waiting:
            name = waiting.pop(0)
            if name in seen:
                continue
            seen.add(name)
            if name in self.asked:
                numbers[self.asked[name].number] = None
            elif name in self.computed:
                waiting += names(self.computed[name])
        order = {asked.number: at for at, asked in enumerate(self.asked.values())}
        return tuple(sorted(numbers, key=order.__getitem__))

    def on_phone(self, source: str) -> bool:
        """Tell whether an expression rests on something that only the phone has."""
        seen: set[str] = set()
        waiting = [source]
        while waiting:
            text = waiting.pop()
            if any(each in text.replace(" ", "") for each in _PHONE):
                return True
            for name in names(text):
                if name not in seen and name not in self.asked:
                    seen.add(name)
                    if name not in self.computed:
                        return True  # what the phone fills in by itself: its user, its number
                    waiting.append(self.computed[name])
        return False

    def _looked_up(self, arguments: tuple[Node, ...]) -> Literal | None:
        texts = [each.value for each in arguments if isinstance(each, Literal)]
        if len(texts) != len(arguments) or len(texts) != 4:  # noqa: PLR2004 - pulldata takes four
            return None
        name, column, key_column, key = texts
        path = self.lists / (name if name.endswith(".csv") else f"{name}.csv")
        found = _rows(path).get((key_column, key), {}).get(column)
        return None if found is None else Literal(found, number=_is_number(found))


def holds(operator: str, left: Literal, right: Literal) -> bool:
    """Compare two fixed values as XPath does: as numbers where both are."""
    if _is_number(left.value) and _is_number(right.value):
        difference = float(left.value) - float(right.value)
    elif operator in ("=", "!="):
        difference = float(left.value != right.value)
    else:
        return False  # XPath: what is no number is neither more nor less
    return {
        "=": difference == 0,
        "!=": difference != 0,
        "<": difference < 0,
        "<=": difference <= 0,
        ">": difference > 0,
        ">=": difference >= 0,
    }[operator]


def looks_at_here(node: Node) -> bool:
    """Tell whether an expression speaks of the answer that is being judged."""
    match node:
        case Here():
            return True
        case Call(_, arguments):
            return any(looks_at_here(each) for each in arguments)
        case Operation(_, left, right):
            return looks_at_here(left) or looks_at_here(right)
    return False


def _is_number(text: str) -> bool:
    return text.strip().lstrip("-").replace(".", "", 1).isdigit()


@cache
def _rows(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Index a small list by each of its columns; none where it cannot be read."""
    rows: dict[tuple[str, str], dict[str, str]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                for column, text in row.items():
                    if isinstance(text, str):
                        rows.setdefault((column, text), row)
    except (OSError, UnicodeDecodeError, csv.Error):
        return {}
    return rows
