"""Counts and sums over units that lie in areas: how a figure of an area is made of its rows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

Number = int | Decimal | Fraction


@dataclass(frozen=True)
class Tally:
    """Something to be added up, each part with the club or commune it belongs to.

    Args:
        where: code of the club or commune of each part.
        values: of each part; None where nobody knows.
        how: ``count`` and ``distinct`` are 0 where there is nothing, ``sum`` is unknown then;
            ``sum of rows`` is 0 where there are no rows, unknown where there are and nobody knows.
    """

    where: list[str]
    values: list[Any]
    how: Literal["count", "sum", "sum or 0", "sum of rows", "distinct"]
    factor: Fraction = Fraction(1)

    def times(self, factor: int | Fraction) -> "Tally":
        """Give so many times as much."""
        return replace(self, factor=self.factor * factor)

    def inside(self, codes: Collection[str]) -> Number | None:
        """Add up what lies in some clubs or communes."""
        values = [value for at, value in zip(self.where, self.values, strict=True)
                  if at in codes and value is not None]  # fmt: skip
        if self.how == "count":
            return len(values)
        if self.how == "distinct":
            return len(set(values))
        is_row = any(at in codes for at in self.where)
        if not values and (self.how == "sum" or (self.how == "sum of rows" and is_row)):
            return None
        return sum(map(Fraction, values), start=Fraction(0)) * self.factor


def count(frame: pd.DataFrame) -> Tally:
    """Count rows."""
    return Tally(_where(frame), [1] * len(frame), "count")


def distinct(frame: pd.DataFrame, column: str) -> Tally:
    """Count different values."""
    return Tally(_where(frame), _values(frame[column]), "distinct")


def total(frame: pd.DataFrame, column: str, *, else_0: bool = False) -> Tally:
    """Add up a column; what nobody knows is not 0: where nothing is known, neither is the sum."""
    return Tally(_where(frame), _values(frame[column]), "sum or 0" if else_0 else "sum")


def total_of_rows(frame: pd.DataFrame, column: str) -> Tally:
    """Add up a column of a register that is kept anyway: without rows there is nothing, so 0."""
    return Tally(_where(frame), _values(frame[column]), "sum of rows")


@dataclass(frozen=True)
class Parts:
    """What a figure is made of, as the columns of the sheet ``indicators`` are called."""

    numerator: Tally
    denominator: Tally | None = None
    known: Tally | None = None
    expected: Tally | None = None
    missing: Tally | None = None
    remark: Tally | None = None
    sample: pd.DataFrame | None = None  # of an estimate: those who know, and whether it is so

    def inside(self, codes: Collection[str]) -> Mapping[str, Number | None]:
        """Give every part of an area; None also for what the figure does not have."""
        return {
            name: None if tally is None else tally.inside(codes)
            for name, tally in vars(self).items()
            if name != "sample"
        }


def _where(frame: pd.DataFrame) -> list[str]:
    return list(frame["club_code" if "club_code" in frame else "commune_code"])


def _values(column: "pd.Series[Any]") -> list[Any]:
    values = [None if pd.isna(each) else each for each in column]
    return [int(each) if isinstance(each, float) and each.is_integer() else each for each in values]
