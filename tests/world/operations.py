"""What operators and functions of XLSForms are in Python."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A compiled expression.

    Args:
        kind: ``text``, ``literal``, ``answer`` (of a question of numbers: ``figure``), ``number``,
            ``truth``, ``rows`` (of a repeat or list), ``values``.
        code: Python source.
    """

    kind: str
    code: str

    @property
    def text(self) -> str:
        """Give the source of its text."""
        if self.kind == "number":
            return f"shown({self.code})"
        if self.kind == "values":
            return f"next(iter({self.code}), '')"
        return self.code

    @property
    def number(self) -> str:
        """Give the source of its number."""
        return self.code if self.kind in ("number", "truth") else f"num({self.text})"

    @property
    def truth(self) -> str:
        """Give the source of its truth."""
        if self.kind in ("truth", "text", "answer", "figure", "literal"):
            return self.code
        return f"bool({self.code})"


def joined(sign: str, left: Source, right: Source) -> Source:
    if sign in ("and", "or"):
        return Source("truth", f"({left.truth} {sign} {right.truth})")
    if sign in ("=", "!="):
        python = "==" if sign == "=" else "!="
        if _as_numbers(left, right):
            return Source("truth", f"({left.number} {python} {right.number})")
        return Source("truth", f"({left.text} {python} {right.text})")
    if sign in ("<", "<=", ">", ">="):
        return Source("truth", f"({left.number} {sign} {right.number})")
    if sign in ("div", "mod"):
        return Source("number", f"{sign}({left.number}, {right.number})")
    return Source("number", f"({left.number} {sign} {right.number})")


def _as_numbers(left: Source, right: Source) -> bool:
    """Tell whether two sides are compared as numbers, as the engine does."""
    kinds = {left.kind, right.kind}
    return "number" in kinds or ("figure" in kinds and "literal" not in kinds)


def called(name: str, given: list[Source]) -> Source:
    make = _FUNCTIONS.get(name)
    if make is None:
        raise ValueError(f"no such function here: {name}")
    return make(given)


def _if(given: list[Source]) -> Source:
    condition, yes, no = given
    if yes.kind == no.kind == "number":
        return Source("number", f"({yes.code} if {condition.truth} else {no.code})")
    return Source("text", f"({yes.text} if {condition.truth} else {no.text})")


def _coalesce(given: list[Source]) -> Source:
    first, other = given
    if other.kind == "number":
        return Source("number", f"num_or({first.text}, {other.code})")
    return Source("text", f"({first.text} or {other.text})")


def _texts(python: str, kind: str) -> Callable[[list[Source]], Source]:
    return lambda given: Source(kind, f"{python}({', '.join(each.text for each in given)})")


def _numbers(python: str) -> Callable[[list[Source]], Source]:
    return lambda given: Source("number", f"{python}({', '.join(each.number for each in given)})")


def _substr(given: list[Source]) -> Source:
    text, first, last = given
    return Source("text", f"{text.text}[{first.code}:{last.code}]")


_FUNCTIONS: Mapping[str, Callable[[list[Source]], Source]] = {
    "if": _if,
    "coalesce": _coalesce,
    "substr": _substr,
    "concat": _texts("concat", "text"),
    "string": lambda given: Source("text", given[0].text),
    "number": lambda given: Source("number", given[0].number),
    "int": _numbers("int_of"),
    "count": lambda given: Source("number", f"len({given[0].code})"),
    "sum": lambda given: Source("number", f"sum(map(num, {given[0].code}))"),
    "join": lambda given: Source("text", f"{given[0].code}.join({given[1].code})"),
    "selected": lambda given: Source("truth", f"({given[1].text} in {given[0].text}.split())"),
    "count-selected": lambda given: Source("number", f"len({given[0].text}.split())"),
    "format-date": _texts("format_date", "text"),
    "pulldata": _texts("c.pull", "text"),
    "jr:choice-name": _texts("c.label", "text"),
    "today": lambda _: Source("text", "c.today"),
    "uuid": lambda _: Source("text", "c.uuid"),
    "once": lambda given: given[0],
}
