"""Cells of an import workbook as answers: days, sums, choices, as people write them in Excel."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from connectors.importing import problems
from connectors.importing.sheets import STATUSES, Field, FieldKind
from programme.dates import Month, parse_date
from programme.problem import Place, ProblemError
from programme.text import fold, tidy

Choices = Mapping[str, Mapping[str, str]]  # code → language → label
PER_THOUSAND = 1000
LARGEST = 10**12  # đồng; no club owns so much
# 1.234.567 and 1,234,567: marks between thousands
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([.,  ]\d{3})+")


@dataclass(slots=True)
class Rounded:
    """Sums that were not whole thousands, which the forms ask for.

    Args:
        count: how many were rounded.
        most: the largest difference, đồng.
    """

    count: int = 0
    most: Decimal = Decimal(0)

    def thousands(self, vnd: Decimal) -> int:
        """Give a sum in whole thousand đồng, halves up."""
        whole = int((vnd / PER_THOUSAND).to_integral_value("ROUND_HALF_UP"))
        if difference := abs(vnd - whole * PER_THOUSAND):
            self.count += 1
            self.most = max(self.most, difference)
        return whole


@dataclass(slots=True)
class Reader:
    """Turns a cell's text into the answer that a phone would have sent.

    Args:
        choices: of each question whose choices a column takes.
        rounded: counts the sums that were rounded.
    """

    choices: Mapping[str, Choices]
    rounded: Rounded = field(default_factory=Rounded)

    def answer(self, column: Field, text: str, place: Place) -> str:
        """Give the answer; empty for an empty cell that may be empty.

        Raises:
            ProblemError: ``import-empty``, ``import-value``, ``import-choice``.
        """
        words = tidy(text)
        if not words:
            if column.required:
                raise ProblemError(problems.empty(place, column.title))
            return ""
        if column.kind == "choice":
            return self._choice(column, words, place)
        try:
            return _READERS[column.kind](self, words)
        except (ValueError, InvalidOperation):
            raise ProblemError(problems.value(place, column.kind)) from None

    def _choice(self, column: Field, words: str, place: Place) -> str:
        codes = self.choices[column.choices]
        if column.choices == "action":
            codes = {code: codes[code] for code in STATUSES if code in codes}
        for code, labels in codes.items():
            if fold(words) in {fold(code), *(fold(label) for label in labels.values())}:
                return code
        raise ProblemError(problems.choice(place, words, codes))

    def whole(self, words: str) -> str:
        """Read a whole number that is not below zero."""
        value = _number(words)
        if value != value.to_integral_value() or not 0 <= value <= LARGEST:
            raise ValueError(words)
        return str(int(value))

    def decimal(self, words: str) -> str:
        """Read a number with decimals, by comma or point."""
        value = Decimal(words.rstrip("% ").replace(",", "."))
        if not value.is_finite() or not 0 <= value <= LARGEST:
            raise ValueError(words)
        return f"{value:f}"

    def money(self, words: str) -> str:
        """Read a sum in đồng; the forms hold thousand đồng."""
        value = _number(re.sub(r"\s*(đ|₫|đồng|vnđ|vnd)\.?$", "", words, flags=re.IGNORECASE))
        if not 0 <= value <= LARGEST:
            raise ValueError(words)
        return str(self.rounded.thousands(value))

    def day(self, words: str) -> str:
        """Read a day, ISO or as written in Viet Nam."""
        return parse_date(words).isoformat()

    def month(self, words: str) -> str:
        """Read a month, or any day of it, and give its first day."""
        if turned := re.fullmatch(r"(\d{1,2})[/.-](\d{4})", words):
            return date(int(turned[2]), int(turned[1]), 1).isoformat()
        try:
            return Month.parse(words).first.isoformat()
        except ValueError:
            return parse_date(words).replace(day=1).isoformat()

    def text(self, words: str) -> str:
        """Take words as they are."""
        return words


def _number(words: str) -> Decimal:
    plain = re.sub(r"[.,  ]", "", words) if _THOUSANDS.fullmatch(words) else words
    value = Decimal(plain.replace(",", "."))
    if not value.is_finite():
        raise ValueError(words)
    return value


_READERS: Mapping[FieldKind, Callable[[Reader, str], str]] = {
    "text": Reader.text,
    "whole": Reader.whole,
    "decimal": Reader.decimal,
    "money": Reader.money,
    "day": Reader.day,
    "month": Reader.month,
}
