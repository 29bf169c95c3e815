"""Cells that a spreadsheet shows as text and never runs."""

import re
from typing import Any

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_000  # characters; Excel takes 32,767
EXACT = 10**15  # Excel keeps fifteen digits and makes noughts of the others


def cell_text(value: str) -> str:
    """Give text as a cell can hold it; what no cell can hold is dropped."""
    return _ILLEGAL.sub("", value)[:LONGEST]


def safe_text(value: str) -> str:
    """Give text that Excel takes for text, even when it begins like a formula.

    A quotation mark is put before ``=``, ``+``, ``-`` and ``@``; what no cell can hold is dropped.
    """
    text = cell_text(value)
    return f"'{text}" if text.startswith(_RUNS) else text


def all_digits(value: Any) -> Any:
    """Give a whole number as text where Excel would lose digits of it, anything else as it is."""
    return str(value) if isinstance(value, int) and abs(value) >= EXACT else value


def safe_cell(value: Any) -> Any:
    """Make a value safe for a cell; dates and numbers that Excel can hold stay what they are."""
    return safe_text(value) if isinstance(value, str) else all_digits(value)
