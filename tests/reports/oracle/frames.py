"""Settings, communes and small helpers of the oracle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

Frames = Mapping[str, pd.DataFrame]
VULNERABLE = ("poor", "near_poor", "disadvantaged")


@dataclass(frozen=True)
class Settings:
    """What the sheets ``settings`` and ``regions`` say.

    Args:
        ruleset: version of the rules whose scores are compared; empty: the newest used by then.
        priority: provinces of priority regions.
        regions: province → region.
    """

    carry_months: int
    risk_days: int
    risk_days_long: int
    midland: str
    ruleset: str
    priority: frozenset[str]
    regions: Mapping[str, str]


@dataclass(frozen=True)
class Commune:
    """What is known of a commune beside the registers."""

    code: str
    province: str
    kinds: frozenset[str]
    villages: int | None


def group_of(commune: Commune, midland: str) -> str:
    """Give the one kind of area that a commune is counted in: each is in one target only.

    Args:
        commune: with all its kinds.
        midland: which kind midland communes count with; neither: with none of the two.
    """
    if commune.kinds & {"mountain", "border", "island"}:
        return "mountain"
    if "delta" in commune.kinds:
        return "delta"
    if "midland" in commune.kinds:
        return "midland" if midland == "neither" else midland
    return "minority" if "minority" in commune.kinds else "unclassified"


def is_true(column: "pd.Series[bool]") -> "pd.Series[bool]":
    """Tell where something is so; not where nobody knows."""
    return column.map(lambda value: value is True or value == 1).astype(bool)


def bools(values: Iterable[bool]) -> "pd.Series[bool]":
    return pd.Series(list(values), dtype=bool)


def plain(values: "pd.Series[Any]") -> list[Any]:
    return [None if each is None or each != each else each for each in values]  # noqa: PLR0124


def month_of(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def number_of(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])


def last_day_of(month: str) -> date:
    following = number_of(month)  # 12 * year + month; the next month has this number from 0 on
    return date.fromordinal(date(following // 12, following % 12 + 1, 1).toordinal() - 1)
