"""Expressions of XLSForms as Python: what a form calculates, without the engine that does it.

Only what our forms use. A value is a text, empty when there is none, as in a submission; the
compiled expression is the source of a Python expression over ``v`` (answers of the form), ``r``
(answers of the row of a repeat), ``x`` (a row or value being filtered) and ``c`` (the context).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.world.operations import Source, called, joined

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>\d+(?:\.\d+)?)|\$\{(?P<ref>[\w.-]+)\}"
    r"|(?P<name>[A-Za-z_][\w:-]*)|(?P<sign><=|>=|!=|[=<>+*/()\[\],.-]))"
)
_BINARY = {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4,
           "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """What the questions that an expression may name are.

    Args:
        repeats: names of repeats.
        inside: the repeat that a question is in, by question.
        figures: questions that hold numbers.
        here: the repeat in which the expression stands; empty outside of all.
    """

    repeats: frozenset[str]
    inside: Mapping[str, str]
    figures: frozenset[str]
    here: str = ""


def compiled(expression: str, names: Names) -> Source:
    """Turn an expression into Python source.

    Raises:
        ValueError: when it uses what our forms did not use before.
    """
    parser = _Parser(expression, names)
    source = parser.expression(0)
    if parser.kind:
        raise ValueError(f"not understood from «{parser.value}»: {expression}")
    return source


class _Parser:
    """Reads one expression from left to right, by the strength of its operators."""

    def __init__(self, expression: str, names: Names) -> None:
        self.tokens = list(_tokens(expression))
        self.names = names
        self.at = 0

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    @property
    def value(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, value: str | None = None) -> str:
        found = self.value
        if value is not None and found != value:
            raise ValueError(f"«{value}» expected, «{found}» found")
        self.at += 1
        return found

    def expression(self, least: int) -> Source:
        left = self.operand()
        while self.kind in ("sign", "name") and _BINARY.get(self.value, 0) > least:
            sign = self.take()
            left = joined(sign, left, self.expression(_BINARY[sign]))
        return left

    def operand(self) -> Source:
        kind, value = self.kind, self.take()
        if (kind, value) == ("sign", "-"):
            return Source("number", f"(-{self.expression(6).number})")
        if (kind, value) == ("sign", "("):
            inner = self.expression(0)
            self.take(")")
            return Source(inner.kind, f"({inner.code})")
        return self.atom(kind, value)

    def atom(self, kind: str, value: str) -> Source:
        if kind == "number":
            return Source("number", value)
        if kind == "text":
            return Source("literal", repr(value[1:-1]))
        if kind == "ref":
            return self.reference(value)
        if kind == "name":
            return self.call(value) if self.value == "(" else Source("text", f"x[{value!r}]")
        if value == ".":
            return self.relative()
        raise ValueError(f"not understood: «{value}»")

    def relative(self) -> Source:
        if self.value != "/":
            return Source("text", "x")
        name = ""
        while self.value == "/":
            self.take()
            name = self.take()
        return Source(self.answer(name), f"x[{name!r}]")

    def answer(self, name: str) -> str:
        return "figure" if name in self.names.figures else "answer"

    def reference(self, name: str) -> Source:
        if name in self.names.repeats:
            return self.filtered(f"v[{name!r}]", "rows")
        inside = self.names.inside.get(name, "")
        if inside == self.names.here and inside:
            return Source(self.answer(name), f"r[{name!r}]")
        if inside:
            return self.filtered(f"[x[{name!r}] for x in v[{inside!r}]]", "values")
        return Source(self.answer(name), f"v[{name!r}]")

    def filtered(self, rows: str, kind: str) -> Source:
        while self.value == "[":
            self.take()
            if (self.value, self.tokens[self.at + 1][1]) == ("position", "("):
                for sign in ("position", "(", ")", "=", "1", "]"):
                    self.take(sign)
                rows = f"{rows}[:1]"
            else:
                wanted = self.expression(0).truth
                self.take("]")
                rows = f"[x for x in {rows} if {wanted}]"
        return Source(kind, rows)

    def call(self, name: str) -> Source:
        self.take("(")
        given: list[Source] = []
        while self.value != ")":
            given.append(self.expression(0))
            if self.value == ",":
                self.take()
        self.take(")")
        if name == "instance":
            return self.instance(given[0].code)
        return called(name, given)

    def instance(self, name: str) -> Source:
        for part in ("/", "root", "/", "item"):
            self.take(part)
        rows = self.filtered(f"c.rows({name})", "rows")
        if self.value != "/":
            return rows
        self.take()
        column = self.take()
        return Source("values", f"[x[{column!r}] for x in {rows.code}]")


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, at = [], 0
    expression = expression.rstrip()
    while at < len(expression):
        match = _TOKEN.match(expression, at)
        if match is None or match.lastgroup is None:
            raise ValueError(f"not understood from «{expression[at : at + 20]}»")
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found
