"""``relevant`` expressions as a person reads them: «câu 5 là “Có”»."""

from forms.paper.expression import Answer, Call, Literal, Node, Operation, parse
from forms.paper.facts import DEEPEST, Facts, holds
from forms.paper.joining import (
    Blank,
    Compare,
    Condition,
    Fixed,
    Is,
    Months,
    Several,
    Unclear,
    answers,
    joined,
    other,
)

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_TURNED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
MONTHS = 12
ANSWERS_AT_MOST = 3  # nobody adds up more to see whether a question is for him


def condition(source: str, facts: Facts) -> Condition:
    """Read an expression as a condition."""
    return _read(parse(source), facts, True, 0)


def clear(found: Condition) -> bool:
    """Tell whether all of a condition can be said in words."""
    if isinstance(found, Several):
        return all(clear(part) for part in found.parts)
    return not isinstance(found, Unclear)


def sayable(node: Node, facts: Facts) -> bool:  # noqa: PLR0911 - one return a case
    """Tell whether a side of a comparison is a number, a day, a question or a sum of them."""
    match facts.simple(node):
        case Literal(value):
            return value != ""
        case Answer(name):
            return name in facts.asked and facts.asked[name].kind is not None
        case Call("today" | "now", ()):
            return True
        case Call("date", (inner,)):
            return isinstance(inner, Literal) or sayable(inner, facts)
        case Call("count-selected", (Answer(name),)):
            return name in facts.asked
        case Call("count", (Answer(name),)):
            return name in facts.asked and facts.asked[name].kind is None
        case Operation("+" | "-" | "*" | "div", left, right):
            return sayable(left, facts) and sayable(right, facts)
    return False


def _read(node: Node, facts: Facts, wanted: bool, depth: int) -> Condition:  # noqa: PLR0911 - one return a case
    """Read a node; ``wanted`` is False below a ``not``."""
    if depth > DEEPEST:
        return Unclear(answers(node))
    match node:
        case Call("not", (inner,)):
            return _read(inner, facts, not wanted, depth + 1)
        case Call("true", ()):
            return Fixed(wanted)
        case Call("false", ()):
            return Fixed(not wanted)
        case Call("selected", (first, second)):
            return _selected(first, second, facts, wanted)
        case Operation("and" | "or" as operator, left, right):
            parts = (_read(each, facts, wanted, depth + 1) for each in (left, right))
            return joined(operator if wanted else other(operator), parts)
        case Operation(operator, left, right) if operator in COMPARISONS:
            chosen = operator if wanted else _OPPOSITE[operator]
            return _compared(chosen, left, right, facts, depth)
        case Call("boolean" | "once", (inner,)):
            return _read(inner, facts, wanted, depth + 1)
    return Unclear(answers(node))


def _selected(first: Node, second: Node, facts: Facts, wanted: bool) -> Condition:
    match facts.simple(first), facts.simple(second):
        case Answer(name), Literal(value) if name in facts.asked:
            return Is(name, (value,), wanted)
        case Literal(value), Answer(name) if name in facts.asked:
            return Is(name, tuple(value.split()), wanted)
    return Unclear(answers(first) + answers(second))


def _compared(operator: str, left: Node, right: Node, facts: Facts, depth: int) -> Condition:  # noqa: PLR0911 - one return a case
    left, right = facts.simple(left), facts.simple(right)
    if isinstance(left, Literal) and isinstance(right, Literal):
        return Fixed(holds(operator, left, right))
    if isinstance(left, Literal):
        left, right, operator = right, left, _TURNED[operator]
    match left, right:
        case Answer(name), Literal(value) if name in facts.asked:
            return _with_value(name, operator, value, facts)
        case Answer(name), Literal() if name in facts.computed:
            inner = parse(facts.computed[name])
            if depth < DEEPEST:
                return _compared(operator, inner, right, facts, depth + 1)
        case Call("if", (asked, one, other)), Literal():
            return _either(operator, (asked, one, other), right, facts, depth + 1)
        case Call("selected" | "not" | "true" | "false", _), Literal(value):
            return _read(left, facts, (operator == "=") == (value in ("1", "true")), depth + 1)
        case Operation("mod", of, every), Literal("0") if operator == "=":
            return _every(of, every, facts)
    rests_on = answers(left) + answers(right)
    if len(rests_on) <= ANSWERS_AT_MOST and sayable(left, facts) and sayable(right, facts):
        return Compare(left, operator, right)
    return Unclear(rests_on)


def _with_value(name: str, operator: str, value: str, facts: Facts) -> Condition:
    if operator in ("=", "!="):
        if value == "":
            return Blank(name, operator == "=")
        if facts.asked[name].kind in ("select_one", "select_multiple", "text"):
            return Is(name, (value,), operator == "=")
    if value == "":
        return Unclear((name,))
    return Compare(Answer(name), operator, Literal(value))


def _either(
    operator: str, parts: tuple[Node, Node, Node], right: Node, facts: Facts, depth: int
) -> Condition:
    """Read ``if(asked, one, other) = right``."""
    asked, one, other = parts
    if depth > DEEPEST:
        return Unclear(tuple(name for part in parts for name in answers(part)))
    return joined(
        "or",
        (
            joined(
                "and",
                (_read(asked, facts, True, depth), _compared(operator, one, right, facts, depth)),
            ),
            joined(
                "and",
                (
                    _read(asked, facts, False, depth),
                    _compared(operator, other, right, facts, depth),
                ),
            ),
        ),
    )


def _every(of: Node, every: Node, facts: Facts) -> Condition:
    """Read ``month mod 3 = 0``: the months themselves are easier to understand."""
    match facts.simple(of), facts.simple(every):
        case Call("format-date", (day, Literal("%m" | "%n"))), Literal(step) if step.isdigit():
            named = facts.simple(day)
            if isinstance(named, Answer) and named.name in facts.asked and int(step):
                return Months(named.name, tuple(range(int(step), MONTHS + 1, int(step))))
    return Unclear(answers(of) + answers(every))
