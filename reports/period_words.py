"""Periods as officials write them: “tháng 9/2026”, “quý III năm 2026”, “6 tháng đầu năm 2026”."""

import re
from collections.abc import Callable

from programme.text import fold

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?:\s*[/.-]\s*|\s+nam\s+|\s+)(\d{4})"
_HALF = r"(?:6|sau) thang"


def _quarter(number: str) -> int:
    return _ROMAN.get(number) or int(number)


_WAYS: tuple[tuple[re.Pattern[str], Callable[..., str]], ...] = (
    (
        re.compile(rf"(?:thang\s*)?(0?[1-9]|1[0-2]){_YEAR}"),
        lambda month, year: f"{year}-{int(month):02d}",
    ),
    (re.compile(r"(\d{4})[/-](0?[1-9]|1[0-2])"), lambda year, month: f"{year}-{int(month):02d}"),
    (
        re.compile(rf"(?:quy|q)\s*([1-4]|iv|i{{1,3}}){_YEAR}"),
        lambda quarter, year: f"{year}-Q{_quarter(quarter)}",
    ),
    (re.compile(r"(\d{4})[/-]?q([1-4])"), lambda year, quarter: f"{year}-Q{quarter}"),
    (re.compile(rf"{_HALF} dau{_YEAR}"), lambda year: f"{year}-H1"),
    (re.compile(rf"{_HALF} cuoi{_YEAR}"), lambda year: f"{year}-H2"),
    (re.compile(r"(\d{4})[/-]?h([12])"), lambda year, half: f"{year}-H{half}"),
    (re.compile(r"nam (\d{4})"), lambda year: year),
)
_FROM_TO = re.compile(r"(?:tu\s+)?(.+?)\s*(?:\.\.|\bden\b)\s*(.+)")


def as_written(words: str) -> str:
    """Give a period as ``Period`` writes it; what is no way of writing one comes back as it is.

    Args:
        words: with or without Vietnamese marks, in small or capital letters.
    """
    plain = fold(words)
    for pattern, write in _WAYS:
        if found := pattern.fullmatch(plain):
            return write(*found.groups())
    if found := _FROM_TO.fullmatch(plain):
        first, last = (as_written(each) for each in found.groups())
        return f"{first}..{last}"
    return words.strip()
