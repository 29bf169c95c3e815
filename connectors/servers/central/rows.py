"""Answers out of a row of OData, as flat and as texts as the XML has them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from connectors.servers.central.instance import Answers
from connectors.servers.central.shape import Level, Shape

_WHOLE = 2**31  # what Collect can write as a whole number lies below
_PLAIN_FROM, _PLAIN_TO = 1e-3, 1e7  # Java writes these without a power of ten


class LosesError(Exception):
    """This row may not be all that the XML has."""


def answers_of_row(row: Mapping[str, Any], shape: Shape) -> Answers:
    """Give the answers of a row by their paths, in the order of the form; see ``instance``.

    Raises:
        LosesError: it lacks a question, holds more than the version has, or a value that Collect
            would not write so.
    """
    answers: Answers = {}
    try:
        _fill(row, shape.level, answers)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise LosesError from None
    return answers


def java(number: float) -> str:
    """Write a number as Java does, and so Collect: ``0.5``, ``12.0``, ``1.23E7``."""
    if number == 0 or _PLAIN_FROM <= abs(number) < _PLAIN_TO:
        return repr(float(number))
    sign, digits, _ = Decimal(repr(float(number))).as_tuple()
    power = Decimal(repr(float(number))).adjusted()
    tail = "".join(map(str, digits[1:])).rstrip("0") or "0"
    return f"{'-' * sign}{digits[0]}.{tail}E{power}"


def _fill(row: Mapping[str, Any], level: Level, into: Answers) -> None:
    if not level.keys.issuperset(row):
        _refuse_more(row, level)
    for name, path, kind, below in level.items:
        if kind == "repeat":
            if name in row:
                _fill_rows(row[name], path, below, into)
            continue
        value = row[name]
        if value is None:
            continue
        if kind == "text":
            if value.isspace():
                continue
            # an XML reader makes a line feed of a carriage return, OData does not
            if not value or "\r" in value:
                raise LosesError
            into[path] = value
        elif kind == "group":
            assert below is not None
            _fill(value, below, into)
        else:
            into[path] = _text(value, kind)


def _fill_rows(
    rows: Sequence[Mapping[str, Any]], path: str, level: Level | None, into: Answers
) -> None:
    assert level is not None
    answered: list[Answers] = []
    for row in rows:
        found: Answers = {}
        _fill(row, level, found)
        if found:
            answered.append(found)
    if answered:
        into[path] = answered


def _refuse_more(row: Mapping[str, Any], level: Level) -> None:
    """Let pass what the published version has and this one has not, where it is empty."""
    if any(_holds(row[key]) for key in row if key not in level.keys):
        raise LosesError


def _holds(value: object) -> bool:
    return any(map(_holds, value.values())) if isinstance(value, dict) else value is not None


def _text(value: Any, kind: str) -> str:
    if kind == "int" and type(value) is int and -_WHOLE <= value < _WHOLE:
        return str(value)
    if kind == "decimal" and type(value) in (int, float):
        return java(value)
    if kind == "geopoint" and value["type"] == "Point":
        longitude, latitude, altitude = value["coordinates"]
        four = latitude, longitude, altitude, value["properties"]["accuracy"]
        return " ".join(map(java, four))
    raise LosesError  # a line has lost its accuracies of zero
