"""The part of OData's $filter that Central understands."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tests.connectors.central.standin.answers import RefusedError

Test = Callable[[Any], bool]
Value = Callable[[Any], Any]
Fields = Mapping[str, Value]
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?")
_PATH = re.compile(r"[\w$][\w$/]*", re.UNICODE)
_PARTS = {"year", "month", "day", "hour", "minute", "second"}


class _EndError(Exception):
    """What stands here cannot be read."""


def moment(text: str) -> datetime:
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return found if found.tzinfo else datetime.fromisoformat(f"{text}T00:00:00+00:00"[:25])


def read_filter(text: str, fields: Fields) -> tuple[Test, set[str]]:
    """Give the test that a filter is, and the fields it names; raises RefusedError."""
    reader = _Reader(text, fields)
    try:
        test = reader.either()
    except _EndError:
        test = None
    if test is None or reader.at < len(text):
        words = f"Unexpected character at {reader.at}"
        raise RefusedError(
            400.18,
            f"The OData filter expression you provided could not be parsed: {words}",
            {"reason": words},
        )
    for problem in reader.problems:
        raise problem
    return test, reader.named


class _Reader:
    def __init__(self, text: str, fields: Fields) -> None:
        self.text, self.fields, self.at = text, fields, 0
        self.named: set[str] = set()
        self.problems: list[RefusedError] = []

    def _take(self, pattern: str) -> str | None:
        found = re.compile(pattern).match(self.text, self.at)
        if not found:
            return None
        self.at = found.end()
        return found[0]

    def either(self) -> Test:
        tests = [self._both()]
        while self._take(r" +or +"):
            tests.append(self._both())
        return tests[0] if len(tests) == 1 else lambda one: any(test(one) for test in tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self._take(r" +and +"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda one: all(test(one) for test in tests)

    def _one(self) -> Test:
        if self._take(r"not *(?=[( ])"):
            inner = self._one()
            return lambda one: not inner(one)
        if self._take(r"\( *"):
            inner = self.either()
            if not self._take(r" *\)"):
                raise _EndError
            return inner
        left, start = self._value(), self.at
        sign = self._take(r" +(eq|ne|gt|ge|lt|le) +")
        if sign is None:
            return lambda one: bool(left(one))
        try:
            right = self._value()
        except _EndError:
            self.at = start  # what the parser had understood so far
            raise
        return _comparison(sign.strip(), left, right)

    def _value(self) -> Value:
        start = self.at
        if self._take(r"null\b"):
            return lambda one: None
        if (text := self._take(r"'(?:[^']|'')*'")) is not None:
            return lambda one: text[1:-1].replace("''", "'")
        if date := _DATE.match(self.text, self.at):
            self.at = date.end()
            given = moment(date[0])
            return lambda one: given
        if (digits := self._take(r"-?\d+")) is not None:
            return lambda one: int(digits)
        if path := _PATH.match(self.text, self.at):
            self.at = path.end()
            return self._call(path[0], start) if self._take(r"\(") else self._field(path[0], start)
        raise _EndError

    def _call(self, name: str, start: int) -> Value:
        if name in _PARTS:
            inner = self._value()
            if not self._take(r" *\)"):
                raise _EndError
            return lambda one: getattr(inner(one), name, None)
        end = self.text.index(")", self.at) + 1 if ")" in self.text[self.at :] else len(self.text)
        self.at = end
        text, kind = self.text[start:end], "MethodCallExpression"
        words = (
            "The given OData filter expression uses features not supported by this server: "
            f'{kind} at {start} ("{text}")'
        )
        details = {"at": start, "type": kind, "text": text}
        self.problems.append(RefusedError(501.4, words, details))
        return lambda one: None

    def _field(self, path: str, start: int) -> Value:
        found = self.fields.get(path)
        if found is None:
            self.problems.append(unknown_field(path, start))
            return lambda one: None
        self.named.add(path.rpartition("/")[2])
        return found


def unknown_field(path: str, at: int | None = None) -> RefusedError:
    place = "" if at is None else f" at {at}"
    details = {"text": path} if at is None else {"at": at, "text": path}
    words = (
        "The given OData filter expression references fields not supported by this server: "
        f"{path}{place}"
    )
    return RefusedError(501.5, words, details)


def _comparison(sign: str, left: Value, right: Value) -> Test:
    def test(one: Any) -> bool:
        a, b = left(one), right(one)
        if sign in ("eq", "ne"):
            return (a == b) == (sign == "eq")
        if a is None or b is None:
            return False
        return bool({"gt": a > b, "ge": a >= b, "lt": a < b, "le": a <= b}[sign])

    return test
