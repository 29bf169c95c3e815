"""Values of plain classes as JSON and back, by the types of their fields."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def written(value: object) -> Any:
    """Give a value as JSON has it: dates as text, tuples as lists, classes as their fields."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: written(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): written(each) for key, each in value.items()} | {
            # the order of what is written by name is part of it
            "": [str(key) for key in value]
        }
    if isinstance(value, tuple | list):
        return [written(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return value.name
    return value


def read_value(kind: type[T], value: Any) -> T:
    """Give a value of a type back from what ``written`` made of it."""
    return typing.cast(T, _read(kind, value))


def _read(kind: Any, value: Any) -> Any:
    return None if value is None else _of(kind, value)


def _of(kind: Any, value: Any) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _read(next(each for each in arguments if each is not type(None)), value)
    if origin is tuple:
        inner = arguments[:1] * len(value) if arguments[-1] is Ellipsis else arguments
        return tuple(_read(each, one) for each, one in zip(inner, value, strict=True))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _read(arguments[1], value[key]) for key in value[""]}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _read(hints[name], one) for name, one in value.items()})
    if kind is date:
        return date.fromisoformat(value)
    return Path(value) if kind is Path else value


def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
