"""Functions that compiled expressions call; numbers and texts as the engine writes them."""

from datetime import date
from functools import lru_cache
from math import fmod, isnan, nan, trunc


@lru_cache(maxsize=1 << 17)
def num(text: str) -> float:
    """Read a number; a day counts as its number in the calendar; nothing is not a number."""
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return float(date.fromisoformat(text).toordinal())
    except ValueError:
        return nan


def num_or(text: str, other: float) -> float:
    """Read a number, or take the other where there is none."""
    return num(text) if text else other


def shown(number: float) -> str:
    """Write a number: whole ones without a point, none at all as nothing."""
    if isinstance(number, int):
        return str(int(number))
    if isnan(number):
        return ""
    return str(int(number)) if number.is_integer() else repr(number)


def concat(*texts: str) -> str:
    """Put texts together."""
    return "".join(texts)


def int_of(number: float) -> float:
    """Cut off what is behind the point."""
    return nan if isnan(number) else trunc(number)


def div(left: float, right: float) -> float:
    """Divide; by nothing there is no number."""
    return left / right if right else nan


def mod(left: float, right: float) -> float:
    """Give what is left over; it has the sign of the left side."""
    return fmod(left, right) if right else nan


@lru_cache(maxsize=1 << 15)
def format_date(day: str, pattern: str) -> str:
    """Write a day by a pattern such as ``%d/%m/%Y``."""
    return date.fromisoformat(day[:10]).strftime(pattern) if day else ""
