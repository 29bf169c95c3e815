"""Indicators, targets, phases and baselines as people write them in ``indicators.xlsx``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from programme.problem import Text

Rule = Literal["value>=min", "value>min", "band", "trend", "reported"]
PERCENT_UNITS = frozenset({"percent", "percent of club-months", "percent of expected reports"})


@dataclass(frozen=True, slots=True)
class Indicator:
    """How one figure is computed; the expressions are SQL over one analysis table.

    Args:
        code: stable name.
        targets: codes of the targets it measures, none for a figure that only informs.
        line: name of a further line of the same target, empty for the first.
        rated: judged against the target; a second line is printed and never judged.
        group: which table of the reports it stands in.
        table: analysis table, one of ``reports/indicators/views``.
        where: condition on its rows, may be empty.
        numerator, denominator: aggregates; no denominator for a count or a sum.
        known, expected: aggregates; their ratio is the coverage of the figure.
        missing: aggregate; above zero the figure cannot be computed.
        remark: aggregate; above zero its text is printed beside the figure.
        population: overrides the target's population.
        row: row in the sheet, for problems.
    """

    code: str
    targets: tuple[str, ...]
    line: str
    rated: bool
    group: str
    label: Text
    unit: str
    table: str
    where: str
    numerator: str
    denominator: str
    known: str
    expected: str
    missing: str
    missing_text: Text
    remark: str
    remark_text: Text
    population: str
    note: Text
    source: Text
    row: int


@dataclass(frozen=True, slots=True)
class Target:
    """One target of a decision, a province or a year; amounts in VND, shares in percent."""

    code: str
    decision: str
    start: date
    end: date
    state: str
    area_code: str
    level: str
    area_kind: str
    population: str
    label: Text
    wording: str
    unit: str
    minimum: float | None
    maximum: float | None
    rule: Rule
    threshold_min: float | None
    threshold_max: float | None
    older_age: float | None
    row: int


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the programme and what to do with clubs founded where two overlap."""

    code: str
    decision: str
    start: date
    end: date
    label: Text


@dataclass(frozen=True, slots=True)
class Baseline:
    """A published figure with its source and the day it speaks of."""

    indicator: str
    area_code: str
    as_of: date
    value: float | None
    numerator: float | None
    denominator: float | None
    prefix: str
    conflicting: bool
    label: Text
    unit: str
    source: Text


@dataclass(frozen=True, slots=True)
class AreaFact:
    """What is known of a commune from official tables: its kinds, its number of villages."""

    area_code: str
    kinds: tuple[str, ...]
    villages: int | None


@dataclass(frozen=True, slots=True)
class Definitions:
    """The whole of ``indicators.xlsx``, checked."""

    path: Path
    indicators: tuple[Indicator, ...]
    targets: Mapping[str, Target]
    phases: Mapping[str, Phase]
    baselines: tuple[Baseline, ...]
    area_facts: tuple[AreaFact, ...] = ()
    carry_months: int = 3
    coverage_threshold: float = 80.0
    risk_days: int = 30
    units: Mapping[str, Text] = field(default_factory=dict)

    def baseline(self, indicator: str, area_code: str, until: date = date.max) -> Baseline | None:
        """Give the latest published figure of an area up to a day, if one is known."""
        found = [
            each
            for each in self.baselines
            if each.indicator == indicator
            and each.area_code == area_code
            and not each.conflicting
            and each.as_of <= until
        ]
        return max(found, key=lambda each: each.as_of, default=None)
