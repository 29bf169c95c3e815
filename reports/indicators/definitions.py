"""Indicators, targets, phases and baselines as people write them in ``indicators.xlsx``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from programme.problem import Text
from reports.indicators.breakdowns import Breakdown, OverMonths
from reports.phases import Phase

Rule = Literal["value>=min", "value>min", "band", "trend", "reported"]
RateBy = Literal["", "pooled", "clubs", "club-months"]
Overlap = Literal["both", "earlier", "later"]
Midland = Literal["delta", "mountain", "neither"]
PERCENT_UNITS = frozenset({"percent", "percent of club-months", "percent of expected reports"})


@dataclass(frozen=True, slots=True)
class Indicator:
    """How one figure is computed; the expressions are SQL over one analysis table.

    Args:
        code: stable name.
        targets: codes of the targets it measures, named here or by a target's ``measured_by``.
        alone: a figure of its own too, wherever no target is asked for.
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
        definition: in words: what is counted, of what.
        breakdowns: codes of the sheet ``breakdowns`` that it is split by.
        over_months: how the months of a club's reports become one figure.
        sensitive: it tells of people's poverty, health or debts; small counts are not published.
        row: row in the sheet, for problems.
    """

    code: str
    targets: tuple[str, ...]
    alone: bool
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
    definition: Text
    breakdowns: tuple[str, ...]
    over_months: OverMonths
    sensitive: bool
    row: int


@dataclass(frozen=True, slots=True)
class Target:
    """One target of a decision, a province or a year; amounts in VND, shares in percent.

    Args:
        period: the phase or the year it is set for.
        start, end: first and last day of that period.
        closed: the phase ended before anything was collected; only published figures count.
        area_code: whose target it is; it concerns what lies in that area.
        level: what it speaks of; a target for each club is shown pooled and by clubs above a club.
        population: all clubs, or only those founded in the period.
        founded_from, founded_to: days of founding that count as founded in the period, after the
            rule for overlapping phases.
        wording: whether the Vietnamese text was read in the decision or put together.
        threshold_min, threshold_max: what one club or commune must have to be counted.
        older_age: from which age its older people count.
        rate_by: by what a target for each club is judged above club level.
        not_measured: why no row of the sheet ``indicators`` measures it.
        row: row in the sheet, for problems.
    """

    code: str
    decision: str
    period: str
    start: date
    end: date
    closed: bool
    area_code: str
    level: str
    area_kind: str
    population: str
    founded_from: date
    founded_to: date
    label: Text
    wording: str
    unit: str
    minimum: float | None
    maximum: float | None
    rule: Rule
    threshold_min: float | None
    threshold_max: float | None
    older_age: float | None
    rate_by: RateBy
    not_measured: Text
    source: str
    row: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """A published figure with its source and the day it speaks of.

    Args:
        conflict: name shared by published figures that cannot all be right; empty for the others.
        comparable: False where it counts units that no longer exist (before 1 July 2025).
    """

    indicator: str
    area_code: str
    as_of: date
    value: float | None
    numerator: float | None
    denominator: float | None
    prefix: str
    conflict: str
    comparable: bool
    label: Text
    unit: str
    source: Text

    @property
    def conflicting(self) -> bool:
        """Tell whether another published figure contradicts it."""
        return bool(self.conflict)


@dataclass(frozen=True, slots=True)
class AreaFact:
    """What is known of a commune from official tables: its kinds, its number of villages."""

    area_code: str
    kinds: tuple[str, ...]
    villages: int | None
    source: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A group of provinces that a plan names, such as the Central Highlands."""

    code: str
    label: Text
    provinces: tuple[str, ...]
    priority: bool


@dataclass(frozen=True, slots=True)
class Definitions:
    """The whole of ``indicators.xlsx``, checked.

    Args:
        carry_months: months that a stock is carried over missing reports.
        coverage_threshold: percent of units with data below which nothing is judged.
        risk_days, risk_days_long: days late from which a loan is at risk (PAR30, PAR90).
        older_age: age of older people where a target names none.
        overlap: to which phase clubs belong that were founded where two phases overlap.
        midland: with which kind of area midland communes count.
        ruleset: version of the rules whose scores and grades are compared; empty: the latest.
        survey_confidence: percent of confidence of the margins of survey estimates.
        breakdowns: ways to split figures.
        units, groups: what a unit and a group of figures are called.
        survey_least: interviews below which a survey gives no estimate.
    """

    path: Path
    indicators: tuple[Indicator, ...]
    targets: Mapping[str, Target]
    phases: Mapping[str, Phase]
    baselines: tuple[Baseline, ...]
    area_facts: tuple[AreaFact, ...] = ()
    regions: tuple[Region, ...] = ()
    carry_months: int = 3
    coverage_threshold: float = 80.0
    risk_days: int = 30
    risk_days_long: int = 90
    older_age: int = 60
    overlap: Overlap = "both"
    midland: Midland = "delta"
    ruleset: str = ""
    survey_confidence: float = 95.0
    survey_least: int = 30
    units: Mapping[str, Text] = field(default_factory=dict)
    groups: Mapping[str, Text] = field(default_factory=dict)
    breakdowns: Mapping[str, Breakdown] = field(default_factory=dict)

    @property
    def overlaps(self) -> tuple[tuple[date, date], ...]:
        """First and last days of the times in which clubs are founded in two decisions' phases."""
        phases = [phase for phase in self.phases.values() if phase.new_clubs]
        found = {
            (max(one.start, other.start), min(one.end, other.end))
            for one in phases
            for other in phases
            if one.decision != other.decision
        }
        return tuple(sorted(days for days in found if days[0] <= days[1]))

    def baseline(self, indicator: str, area_code: str, until: date = date.max) -> Baseline | None:
        """Give the latest published figure of an area up to a day, if one is known.

        Figures that contradict each other are never computed with.
        """
        found = [each for each in self.published(indicator, area_code, until) if not each.conflict]
        return max(found, key=lambda each: each.as_of, default=None)

    def published(
        self, indicator: str, area_code: str, until: date = date.max
    ) -> tuple[Baseline, ...]:
        """Give every published figure of an area up to a day, those too that disagree."""
        return tuple(
            each
            for each in self.baselines
            if (each.indicator, each.area_code) == (indicator, area_code) and each.as_of <= until
        )
