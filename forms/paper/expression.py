"""XLSForm expressions (``relevant``, ``constraint``, ``calculation``) as small trees."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """A text or a number as it is written, without quotes."""

    value: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: ``${name}``."""

    name: str


@dataclass(frozen=True, slots=True)
class Here:
    """The answer that is being judged: ``.``."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """Two sides and what stands between them: ``=``, ``and``, ``div`` …"""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Opaque:
    """Something that is not read: a path, or an expression that is not well formed."""

    source: str


Node = Literal | Answer | Here | Call | Operation | Opaque

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>'[^']*'|"[^"]*")
    |(?P<number>\d+(?:\.\d+)?)
    |\$\{\s*(?:last-saved\#)?(?P<answer>[^}\s]+)\s*\}
    |(?P<sign><=|>=|!=|//|\.\.|[=<>+\-*/(),.\[\]|@])
    |(?P<name>[A-Za-z_][\w.:]*(?:-[A-Za-z_][\w.]*)*)
    )""",
    re.X,
)
# from the loosest to the tightest, as XPath 1.0 binds
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_NAMES = re.compile(r"\$\{\s*(?:last-saved#)?([^}\s]+)\s*\}")


def parse(source: str) -> Node:
    """Read an expression; what cannot be read becomes ``Opaque``, never an error."""
    try:
        reader = _Reader(source)
        node = reader.level(0)
    except (ValueError, RecursionError):
        return Opaque(source)
    return node if reader.ended else Opaque(source)


def names(source: str) -> tuple[str, ...]:
    """Give the questions that an expression looks at, each once, in order."""
    return tuple(dict.fromkeys(_NAMES.findall(source)))


class _Reader:
    """Reads tokens from left to right, looser operators first."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = list(_tokens(source))
        self._at = 0

    @property
    def ended(self) -> bool:
        return self._at == len(self._tokens)

    def level(self, depth: int) -> Node:
        if depth == len(_LEVELS):
            return self._primary()
        left = self.level(depth + 1)
        while self._peek() in _LEVELS[depth]:
            operator = self._take()
            left = Operation(operator, left, self.level(depth + 1))
        return left

    def _primary(self) -> Node:
        start = self._at
        node = self._single()
        if self._peek() in ("/", "//", "["):
            return self._path(start)
        return node

    def _single(self) -> Node:  # noqa: PLR0911 - one return a case
        kind, text = self._next()
        match kind:
            case "text":
                return Literal(text[1:-1])
            case "number":
                return Literal(text, number=True)
            case "answer":
                return Answer(text)
            case "name" if self._peek() == "(":
                return self._call(text)
        if text == "(":
            inner = self.level(0)
            self._expect(")")
            return inner
        if text == "-":
            return Operation("-", Literal("0", number=True), self._primary())
        if text == "." and self._peek() != "/":
            return Here()
        if kind == "name" or text in (".", "..", "/", "//"):
            return self._path(self._at - 1)
        raise ValueError(text)

    def _call(self, function: str) -> Node:
        self._expect("(")
        arguments: list[Node] = []
        while self._peek() != ")":
            arguments.append(self.level(0))
            if self._peek() == ",":
                self._take()
        self._expect(")")
        return Call(function, tuple(arguments))

    def _path(self, start: int) -> Opaque:
        """Skip the steps of a path and what stands in its brackets."""
        depth = 0
        while not self.ended:
            kind, text = self._kind_and_text(self._at)
            depth += text == "["
            step = kind == "name" and text not in ("and", "or", "div", "mod")
            if not depth and not (step or text in ("/", "//", ".", "..", "@")):
                break
            depth -= text == "]"
            self._at += 1
        return Opaque(self._source[self._tokens[start].start() : self._tokens[self._at - 1].end()])

    def _peek(self) -> str:
        return "" if self.ended else self._kind_and_text(self._at)[1]

    def _take(self) -> str:
        return self._next()[1]

    def _next(self) -> tuple[str, str]:
        if self.ended:
            raise ValueError("the expression ends too early")
        self._at += 1
        return self._kind_and_text(self._at - 1)

    def _kind_and_text(self, at: int) -> tuple[str, str]:
        token = self._tokens[at]
        kind = token.lastgroup or ""
        return kind, token.group(kind)

    def _expect(self, text: str) -> None:
        if self._take() != text:
            raise ValueError(text)


def _tokens(source: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    at, end = 0, len(source.rstrip())
    while at < end:
        token = _TOKEN.match(source, at)
        if token is None:
            raise ValueError(source[at:])
        found.append(token)
        at = token.end()
    return found
