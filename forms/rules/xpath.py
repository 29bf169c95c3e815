"""Expressions of XLSForm cut into words, and the functions that they call."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["text", "number", "reference", "name", "sign", "odd"]
OPERATORS = frozenset({"and", "or", "div", "mod"})
_TOKEN = re.compile(
    r"""(?P<text>'[^']*'|"[^"]*")
    |(?P<number>\d+(?:\.\d+)?|\.\d+)
    |\$\{\s*(?P<reference>[^}]*?)\s*\}
    |(?P<name>[^\W\d][\w.-]*(?::(?!:)[^\W\d][\w.-]*)?)
    |(?P<sign><=|>=|!=|//|::|\.\.|[=<>+\-*/(),.\[\]|@])
    |(?P<odd>\S)""",
    re.X,
)
_CLOSING = {"(": ")", "[": "]"}


class Token(NamedTuple):
    """One word of an expression; ``text`` of a reference is the name inside ``${}``."""

    kind: Kind
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments.

    Args:
        name: the function.
        arguments: the words of each argument.
        at: position of the name among the words.
    """

    name: str
    arguments: tuple[tuple[Token, ...], ...]
    at: int


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """Cut an expression into words; what XPath does not know is ``odd``."""
    return tuple(
        Token(found.lastgroup, found.group(found.lastgroup), found.start())  # type: ignore[arg-type]
        for found in _TOKEN.finditer(text)
        if found.lastgroup
    )


def without_texts(text: str) -> str:
    """Give an expression with the texts in quotes emptied, every sign at its place."""
    found = list(text)
    for word in tokens(text):
        if word.kind == "text":
            end = word.start + len(word.text) - 1
            found[word.start + 1 : end] = " " * (end - word.start - 1)
    return "".join(found)


@lru_cache(maxsize=4096)
def calls(text: str) -> tuple[Call, ...]:
    """Give the functions that an expression calls, outer ones first."""
    return tuple(calls_in(tokens(text)))


def calls_in(words: Sequence[Token]) -> Iterator[Call]:
    """Give the functions called in words of an expression; unclosed ones are left out."""
    for at, word in enumerate(words[:-1]):
        if word.kind != "name" or words[at + 1].text != "(" or word.text in OPERATORS:
            continue
        if at and words[at - 1].text in ("/", "//", "::"):
            continue  # text() and node() are no functions
        end = closing(words, at + 1)
        if end is not None:
            yield Call(word.text, _split(words[at + 2 : end]), at)


def closing(words: Sequence[Token], opening: int) -> int | None:
    """Give the position of the bracket that closes the one at ``opening``."""
    depth = 0
    for at in range(opening, len(words)):
        if words[at].kind != "sign":
            continue
        depth += words[at].text in "(["
        depth -= words[at].text in ")]"
        if depth == 0:
            return at
    return None


def unbalanced(text: str) -> str | None:
    """Give the bracket or quote without its other half; None when all are paired."""
    waiting: list[str] = []
    for word in tokens(text):
        if word.kind == "odd" and word.text in "'\"":
            return word.text
        if word.kind != "sign":
            continue
        if word.text in _CLOSING:
            waiting.append(word.text)
        elif word.text in _CLOSING.values() and (
            not waiting or _CLOSING[waiting.pop()] != word.text
        ):
            return word.text
    return waiting[-1] if waiting else None


def conjuncts(text: str) -> Iterator[tuple[Token, ...]]:
    """Give the parts of an expression that ``and`` joins at its top level."""
    part: list[Token] = []
    for word, depth in with_depth(tokens(text)):
        if depth == 0 and word.kind == "name" and word.text == "and":
            yield tuple(part)
            part = []
        else:
            part.append(word)
    yield tuple(part)


def bare_names(words: Sequence[Token]) -> Iterator[str]:
    """Give the names in a filter that stand for columns: no function, path or reference.

    What stands in square brackets belongs to another list.
    """
    within = 0
    for at, word in enumerate(words):
        if word.kind == "sign" and word.text in "[]":
            within += 1 if word.text == "[" else -1
        if within or word.kind != "name" or word.text in OPERATORS:
            continue
        before = words[at - 1].text if at else ""
        after = words[at + 1].text if at + 1 < len(words) else ""
        path = before in ("/", "//", "::", "@") and not (at > 1 and words[at - 2].text == ".")
        if after not in ("(", "::", "/") and not path:
            yield word.text


def with_depth(words: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Give each word with how many brackets are open around it."""
    depth = 0
    for word in words:
        if word.kind == "sign" and word.text in (")", "]"):
            depth -= 1
        yield word, depth
        if word.kind == "sign" and word.text in ("(", "["):
            depth += 1


def _split(words: Sequence[Token]) -> tuple[tuple[Token, ...], ...]:
    if not words:
        return ()
    parts: list[list[Token]] = [[]]
    for word, depth in with_depth(words):
        if depth == 0 and word.kind == "sign" and word.text == ",":
            parts.append([])
        else:
            parts[-1].append(word)
    return tuple(map(tuple, parts))
