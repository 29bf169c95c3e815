"""Conditions as records, and how several become one that is short to read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from forms.paper.expression import Answer, Call, Node, Opaque, Operation, names


@dataclass(frozen=True, slots=True)
class Is:
    """A question is answered with one of these choices, or with none of them."""

    name: str
    values: tuple[str, ...]
    among: bool


@dataclass(frozen=True, slots=True)
class Blank:
    """A question is left blank, or is answered."""

    name: str
    blank: bool


@dataclass(frozen=True, slots=True)
class Compare:
    """A number or a day beside another."""

    left: Node
    operator: str
    right: Node


@dataclass(frozen=True, slots=True)
class Months:
    """The month of a day is one of these."""

    name: str
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """True or false whatever is answered."""

    value: bool


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nobody can say this in words; only which names it rests on."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """Several conditions, all or one of which must hold."""

    operator: str
    parts: tuple["Condition", ...]


Condition = Is | Blank | Compare | Months | Fixed | Unclear | Several


def joined(operator: str, parts: Iterable[Condition]) -> Condition:
    """Join conditions: without what is fixed, without what another one says already."""
    flat: list[Condition] = []
    for part in parts:
        same = isinstance(part, Several) and part.operator == operator
        flat += part.parts if same and isinstance(part, Several) else (part,)
    decides = operator == "or"
    if any(isinstance(part, Fixed) and part.value is decides for part in flat):
        return Fixed(decides)
    kept = _merged(operator, [part for part in flat if not isinstance(part, Fixed)])
    if operator == "and":
        kept = [part for part in kept if not _said_by_another(part, kept)]
    if len(kept) == 1:
        return kept[0]
    return Several(operator, tuple(kept)) if kept else Fixed(not decides)


def _merged(operator: str, parts: Sequence[Condition]) -> list[Condition]:
    """Make “5 is A or 5 is B” into “5 is A or B”."""
    merged: list[Condition] = []
    for part in parts:
        at = next(
            (
                at
                for at, each in enumerate(merged)
                if isinstance(part, Is)
                and isinstance(each, Is)
                and (each.name, each.among) == (part.name, part.among)
                and part.among == (operator == "or")
            ),
            None,
        )
        if at is None:
            if part not in merged:
                merged.append(part)
            continue
        before = merged[at]
        assert isinstance(before, Is)
        assert isinstance(part, Is)
        merged[at] = replace(before, values=tuple(dict.fromkeys(before.values + part.values)))
    return merged


def _said_by_another(part: Condition, parts: Sequence[Condition]) -> bool:
    """Tell that “answered” goes without saying, because another part looks at the answer."""
    if not isinstance(part, Blank) or part.blank:
        return False
    return any(part.name in _looked_at(each) for each in parts if not isinstance(each, Blank))


def _looked_at(part: Condition) -> tuple[str, ...]:
    match part:
        case Is(name, _, _) | Months(name, _):
            return (name,)
        case Compare(left, _, right):
            return answers(left) + answers(right)
        case Several(_, parts):
            return tuple(name for each in parts for name in _looked_at(each))
    return ()


def answers(node: Node) -> tuple[str, ...]:
    """Give the names that an expression looks at."""
    match node:
        case Answer(name):
            return (name,)
        case Call(_, arguments):
            return tuple(name for each in arguments for name in answers(each))
        case Opaque(source):
            return names(source)
        case Operation(_, left, right):
            return answers(left) + answers(right)
    return ()


def other(operator: str) -> str:
    """Give what ``and`` and ``or`` become below a ``not``."""
    return "or" if operator == "and" else "and"


def unclear(found: Condition) -> tuple[str, ...]:
    """Give the names that the unclear parts of a condition rest on."""
    match found:
        case Unclear(rests_on):
            return rests_on
        case Several(_, parts):
            return tuple(name for part in parts for name in unclear(part))
    return ()
