"""``constraint`` expressions as a hint, and as the number of boxes that an answer needs."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms.paper.conditions import sayable
from forms.paper.expression import Answer, Call, Here, Literal, Node, Operation, parse
from forms.paper.facts import Facts, looks_at_here
from forms.paper.wording import Wording

_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_YEAR_DIGITS = 4
DIGITS_AT_MOST = 9  # what an integer takes on a phone
_AROUND = 3  # questions whose limits rest on each other


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of what is allowed: the answer stands before the sign."""

    sign: str
    to: Node


def limit_hint(source: str, wording: Wording, message: str) -> str:
    """Say what is allowed, in words.

    Args:
        source: the constraint.
        wording: words of the form's language.
        message: what the form says when it refuses; used where the limits cannot be worded.
    """
    bounds = _bounds(parse(source), wording.facts)
    if bounds is None or not all(sayable(bound.to, wording.facts) for bound in bounds):
        return message
    said = dict.fromkeys(_said(bound, wording) for bound in bounds if not _plain_zero(bound))
    least = next((b for b in bounds if b.sign == ">=" and _number(b.to) is not None), None)
    most = next((b for b in bounds if b.sign == "<=" and _number(b.to) is not None), None)
    if least and most and len(bounds) == 2 and not _fills_boxes(least, most):  # noqa: PLR2004
        one, other = wording.node(least.to), wording.node(most.to)
        return wording.say(f"Từ {one} đến {other}.", f"{one} to {other}.")
    if least and most and _fills_boxes(least, most):
        said.pop(_said(most, wording), None)
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def digits(source: str, facts: Facts, constraints: dict[str, str], depth: int = 0) -> int | None:
    """Give how many digits the greatest answer has; None when there is no limit.

    Args:
        source: the constraint.
        constraints: those of other questions, by name, for “not more than question 5”.
    """
    greatest = _greatest(parse(source)) if source else ()
    sizes = filter(None, (_size(node, facts, constraints, depth) for node in greatest))
    size = min(sizes, default=0)
    return size if 0 < size <= DIGITS_AT_MOST else None


def _greatest(node: Node) -> Iterator[Node]:
    """Give what the answer, alone or with something added to it, may not exceed."""
    match node:
        case Operation("and", left, right):
            yield from (*_greatest(left), *_greatest(right))
        case Operation("or", blank, inner) if _passes_blank(blank):
            yield from _greatest(inner)
        case Operation("<" | "<=", least, to) | Operation(">" | ">=", to, least):
            if _adds_to_here(least) and not looks_at_here(to):
                yield to


def _adds_to_here(node: Node) -> bool:
    match node:
        case Operation("+", left, right):
            return _adds_to_here(left) or _adds_to_here(right)
    return isinstance(node, Here)


def _size(node: Node, facts: Facts, constraints: dict[str, str], depth: int) -> int | None:
    node = facts.simple(node)
    match node:
        case Literal(value) if value.isdigit():
            return len(str(int(value)))
        case Call("format-date", (_, Literal("%Y"))):
            return _YEAR_DIGITS
        case Operation("-", left, _):
            return _size(left, facts, constraints, depth)
        case Operation("+", left, right):
            # the limits of the parts leave room enough for what they come to together
            parts = [_size(each, facts, constraints, depth) for each in (left, right)]
            return max(filter(None, parts)) if all(parts) else None
        case Answer(name) if depth < _AROUND:
            size = digits(constraints.get(name, ""), facts, constraints, depth + 1)
            computed = None if name in facts.asked else facts.computed.get(name)
            return _size(parse(computed), facts, constraints, depth + 1) if computed else size
    return None


def _bounds(node: Node, facts: Facts) -> list[Bound] | None:
    """Read a constraint as its bounds; None when it says anything else."""
    match node:
        case Operation("and", left, right):
            one, other = _bounds(left, facts), _bounds(right, facts)
            return None if one is None or other is None else one + other
        case Operation("or", blank, inner) if _passes_blank(blank):
            return _bounds(inner, facts)
        case Operation("<" | "<=" | ">" | ">=" as sign, Here(), to) if not looks_at_here(to):
            return [Bound(sign, to)]
        case Operation("<" | "<=" | ">" | ">=" as sign, to, Here()) if not looks_at_here(to):
            return [Bound(_TURNED[sign], to)]
    return None


def _passes_blank(node: Node) -> bool:
    """Recognise ``. = ''`` and ``${x} = ''``, which let an empty answer pass."""
    match node:
        case Operation("=", Here() | Answer(), Literal("")):
            return True
    return False


def _said(bound: Bound, wording: Wording) -> str:
    to = wording.node(bound.to)
    day = wording.is_day(bound.to)
    words = {
        ">": ("sau {}", "after {}") if day else ("lớn hơn {}", "more than {}"),
        ">=": ("từ {} trở đi", "from {} on") if day else ("từ {} trở lên", "{} or more"),
        "<": ("trước {}", "before {}") if day else ("nhỏ hơn {}", "less than {}"),
        "<=": ("không sau {}", "not after {}") if day else ("không quá {}", "at most {}"),
    }[bound.sign]
    return wording.say(*words).format(to)


def _number(node: Node) -> int | None:
    if isinstance(node, Literal) and node.value.isdigit():
        return int(node.value)
    return None


def _plain_zero(bound: Bound) -> bool:
    """Nobody writes a number below zero into boxes."""
    return bound.sign == ">=" and _number(bound.to) == 0


def _fills_boxes(least: Bound, most: Bound) -> bool:
    """Recognise 0 or 1 to 9, 99, 999 …: the boxes say it already."""
    greatest = str(_number(most.to))
    return _number(least.to) in (0, 1) and set(greatest) == {"9"}
