"""The search language of lists: ``asset_type:survey AND name__icontains:loan``."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from connectors.servers.sandbox.answers import FaultError

Row = dict[str, Any]
Test = Callable[[Row], bool]
_TOKEN = re.compile(r"""\s*(?:(\()|(\))|([\w]+):(?:"([^"]*)"|([^\s()]*))|"([^"]*)"|([^\s()]+))""")
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "gt": lambda left, right: bool(left > right),
    "gte": lambda left, right: bool(left >= right),
    "lt": lambda left, right: bool(left < right),
    "lte": lambda left, right: bool(left <= right),
}
_TEXT: dict[str, Callable[[str, str], bool]] = {
    "icontains": lambda left, right: right.casefold() in left.casefold(),
    "contains": lambda left, right: right in left,
    "iexact": lambda left, right: left.casefold() == right.casefold(),
    "startswith": lambda left, right: left.startswith(right),
}


def matching(query: str | None, rows: Sequence[Row], words: tuple[str, ...] = ()) -> list[Row]:
    """Give the rows that a search finds.

    Args: the search (None or empty: all rows), the rows, and the fields in which a plain word
    is looked for. What cannot be read finds nothing, as on the real server; raises FaultError
    for a date that is none.
    """
    if not query:
        return list(rows)
    try:
        test = _Parser(query, words).parse()
    except _UnreadableError:
        return []
    return [row for row in rows if test(row)]


class _UnreadableError(Exception):
    pass


class _Parser:
    def __init__(self, query: str, words: tuple[str, ...]) -> None:
        self._words = words
        self._tokens = self._split(query.strip())

    @staticmethod
    def _split(query: str) -> list[tuple[str, ...]]:
        tokens, position = [], 0
        while position < len(query):
            found = _TOKEN.match(query, position)
            if found is None:
                raise _UnreadableError
            tokens.append(found.groups(default=""))
            position = found.end()
        return tokens

    def parse(self) -> Test:
        test = self._either()
        if self._tokens:
            raise _UnreadableError
        return test

    def _either(self) -> Test:
        tests = [self._both()]
        while self._word("OR"):
            tests.append(self._both())
        return lambda row: any(test(row) for test in tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self._tokens and not self._tokens[0][1] and self._tokens[0][6] != "OR":
            self._word("AND")
            tests.append(self._one())
        return lambda row: all(test(row) for test in tests)

    def _word(self, word: str) -> bool:
        if self._tokens and self._tokens[0][6] == word:
            self._tokens.pop(0)
            return True
        return False

    def _one(self) -> Test:
        if self._word("NOT"):
            test = self._one()
            return lambda row: not test(row)
        if not self._tokens:
            raise _UnreadableError
        opened, closed, field, quoted, bare, quoted_word, word = self._tokens.pop(0)
        if opened:
            test = self._either()
            if not self._tokens or not self._tokens.pop(0)[1]:
                raise _UnreadableError
            return test
        if closed or (field and not (quoted or bare)):
            raise _UnreadableError
        if field:
            return _field_test(field, quoted or bare, bool(quoted))
        return self._plain(quoted_word or word)

    def _plain(self, word: str) -> Test:
        fold = word.casefold()
        return lambda row: any(fold in str(row.get(name, "")).casefold() for name in self._words)


def _field_test(field: str, value: str, quoted: bool) -> Test:
    path = field.split("__")
    lookup = path.pop() if path[-1] in {*_COMPARE, *_TEXT} else "exact"
    if ":" in value and not quoted:  # read as a further field, which no row has
        return lambda row: False
    if lookup in _COMPARE:
        limit = _moment(value) if "date" in path[-1] else value
        return lambda row: _compared(_get(row, path), limit, lookup)
    if lookup in _TEXT:
        return lambda row: _TEXT[lookup](str(_get(row, path) or ""), value)
    return lambda row: str(_get(row, path)) == value


def _get(row: Row, path: list[str]) -> Any:
    name = "__".join(path)  # fields such as owner__username are one name
    if name in row:
        return row[name]
    found: Any = row
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _compared(found: Any, limit: str, lookup: str) -> bool:
    return found is not None and _COMPARE[lookup](str(found), limit)


def _moment(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise FaultError from error
    return text
