"""The part of MongoDB's query language that the data list understands."""

import re
from collections.abc import Callable
from typing import Any

from connectors.servers.sandbox.answers import FaultError

Record = dict[str, Any]
_MISSING = object()
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "$gt": lambda left, right: bool(left > right),
    "$gte": lambda left, right: bool(left >= right),
    "$lt": lambda left, right: bool(left < right),
    "$lte": lambda left, right: bool(left <= right),
}


def matches(record: Record, query: Any) -> bool:
    """Tell whether a record fits a query.

    Operators that KoBoToolbox does not let through, `$eq` among them, match nothing and give
    no error. Raises FaultError where the query is no object.
    """
    if not isinstance(query, dict):
        raise FaultError
    return all(_clause(record, key, value) for key, value in query.items())


def _clause(record: Record, key: str, value: Any) -> bool:
    if key in ("$or", "$and"):
        if not isinstance(value, list):
            raise FaultError
        tests = (matches(record, one) for one in value)
        return any(tests) if key == "$or" else all(tests)
    if key.startswith("$"):
        return False
    return _fits(_value(record, key), _as_id(key, value))


def _as_id(key: str, value: Any) -> Any:
    # "_id" may be given as text
    if key == "_id" and isinstance(value, str) and value.isdecimal():
        return int(value)
    return value


def _value(record: Record, key: str) -> Any:
    if key in record:
        return record[key]
    head, _, tail = key.partition(".")
    below = record.get(head)
    # dots reach only into the system's own fields
    if tail and head.startswith("_") and isinstance(below, dict):
        return below.get(tail, _MISSING)
    return _MISSING


def _fits(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict) and any(name.startswith("$") for name in wanted):
        options = str(wanted.get("$options", ""))
        tests = ((name, value) for name, value in wanted.items() if name != "$options")
        return all(_operator(found, name, value, options) for name, value in tests)
    return found == wanted or (found is _MISSING and wanted is None)


def _operator(found: Any, name: str, value: Any, options: str) -> bool:
    if name in _ORDER:
        return _comparable(found, value) and _ORDER[name](found, value)
    test = _TESTS.get(name)
    return test(found, value, options) if test else False


def _comparable(left: Any, right: Any) -> bool:
    # every answer is text: a number never compares with it
    numbers = (int, float)
    both_text = isinstance(left, str) and isinstance(right, str)
    return both_text or (isinstance(left, numbers) and isinstance(right, numbers))


def _in(found: Any, values: Any, _: str) -> bool:
    return isinstance(values, list) and any(_fits(found, value) for value in values)


def _regex(found: Any, pattern: Any, options: str) -> bool:
    flags = re.IGNORECASE if "i" in options else 0
    try:
        return isinstance(found, str) and re.search(str(pattern), found, flags) is not None
    except re.error as error:
        raise FaultError from error


def _elem_match(found: Any, wanted: Any, _: str) -> bool:
    return isinstance(found, list) and any(
        matches(row, wanted) if isinstance(row, dict) else _fits(row, wanted) for row in found
    )


_TESTS: dict[str, Callable[[Any, Any, str], bool]] = {
    "$in": _in,
    "$nin": lambda found, values, options: not _in(found, values, options),
    "$ne": lambda found, value, _: not _fits(found, value),
    "$not": lambda found, value, _: not _fits(found, value),
    "$exists": lambda found, value, _: (found is not _MISSING) == bool(value),
    "$regex": _regex,
    "$elemMatch": _elem_match,
    "$all": lambda found, values, _: (
        isinstance(values, list)
        and isinstance(found, list)
        and all(value in found for value in values)
    ),
}
