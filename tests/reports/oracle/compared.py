"""A figure of the product beside the same from the oracle; what differs, in words."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

import pandas as pd
import pyarrow as pa

from programme.areas import Areas
from programme.numbers import number
from programme.problem import Text
from reports.indicators.definitions import PERCENT_UNITS, AreaFact, Definitions, Indicator
from reports.indicators.figures import Figure, Slice
from reports.periods import Period
from tests.reports.oracle.breakdowns import parted
from tests.reports.oracle.drawn import Dice, Rows
from tests.reports.oracle.every import ORACLES
from tests.reports.oracle.frames import Commune, Settings, group_of
from tests.reports.oracle.margins import margin
from tests.reports.oracle.tally import Number, Parts
from tests.reports.oracle.truth import Truth

KINDS = ("delta", "midland", "mountain", "minority", "border", "island")
Kinds = Mapping[str, Commune]


def drawn_communes(seed: int, areas: Areas, how_many: str) -> Kinds:
    """Draw kinds and villages of the communes that clubs may lie in: none, some or all."""
    chance = {"none": 0.0, "some": 0.6, "all": 1.0}[how_many]
    told = {}
    for code, area in areas.communes.items():
        dice = Dice(seed, "commune", code)
        kinds = frozenset(dice.some_of(KINDS)[:2] or ("delta",)) if dice.happens(chance) else ()
        villages = dice.whole(1, 9) if dice.happens(chance) else None
        told[code] = Commune(code, area.province, frozenset(kinds), villages)
    return told


def with_communes(definitions: Definitions, communes: Kinds) -> Definitions:
    """Say in the workbook's place what was drawn of communes."""
    facts = tuple(AreaFact(each.code, tuple(sorted(each.kinds)), each.villages)
                  for each in communes.values())  # fmt: skip
    return replace(definitions, area_facts=facts, survey_least=2)


@dataclass
class Compared:
    """Registers, and every truth that was asked for of them."""

    rows: Rows
    schemas: Mapping[str, pa.Schema]
    communes: Kinds
    definitions: Definitions
    as_of: date

    def __post_init__(self) -> None:
        self._registers = {
            name: pd.DataFrame(self.rows[name], columns=schema.names, dtype=object)
            for name, schema in self.schemas.items()
        }
        self._truths: dict[tuple[date, date], Truth] = {}
        self._codes: dict[tuple[str, tuple[date, date] | None], Collection[str]] = {}
        self._indicators = {each.code: each for each in self.definitions.indicators}
        self._sliced: dict[tuple[str, str, str], Mapping[str, Parts]] = {}
        self._parts: dict[tuple[str, str, date, date], Parts] = {}

    def differences(self, figure: Figure, period: Period) -> Iterator[str]:
        """Tell what a figure has otherwise."""
        indicator = self._indicators[figure.indicator]
        parts = self._inside(indicator, figure, period.start, period.cut_off(self.as_of))
        expected = figure_of(indicator, parts)
        yield from self._estimated(figure, period, expected)
        # what was taken over from paper is from before anything was collected
        if not self.collected(period) and not indicator.code.startswith("imported_"):
            expected = dict.fromkeys(expected)
            parts = {}
        told: dict[str, float | None] = {name: getattr(figure, name) for name in expected}
        if figure.target is not None and figure.target.rule == "trend" and parts:
            day = period.start - timedelta(days=1)
            expected["before"] = figure_of(indicator, self._inside(indicator, figure, day, day))[
                "value"
            ]
            told["before"] = figure.before
        for name, right in expected.items():
            # averages over months are kept to six places, so that all engines add up the same
            clubs = len(self.rows["club"]) if indicator.over_months == "average" else 0
            if not same(told[name], right, 1e-6 * clubs):
                yield f"{name} {told[name]}, by the words {right}"
        note = figure.note or Text("", "")
        for part, words in (("remark", indicator.remark_text), ("missing", indicator.missing_text)):
            said = words.vi.replace("{n}", number(float(parts.get(part) or 0), "vi"))
            if words.vi and (said in note.vi) != bool(parts.get(part)):
                yield f"{part} {parts.get(part)} is not what the note says: {note.vi}"

    def around(self, figure: Figure, period: Period) -> Iterator[str]:
        """Tell what differs of the clubs that reported, and of those that meet a target each."""
        if not self.collected(period):
            return
        now = self.truth(period.start, period.cut_off(self.as_of))
        codes = self.codes(figure.area_code)
        due = now.months[now.months["expected"] & now.months["club_code"].isin(codes)]
        right: list[int | None] = [
            each["club_code"].nunique() for each in (due, due[due["reported"]])
        ]
        told = [figure.clubs_expected, figure.clubs_reported]
        if told != right:
            yield f"clubs due and reporting {told}, by the words {right}"
        if figure.meeting is not None:
            meeting = (figure.meeting.clubs, figure.meeting.of)
            if meeting != (counted := self._meeting(figure, period, codes)):
                yield f"clubs meeting it {meeting}, by the words {counted}"

    def _meeting(self, figure: Figure, period: Period, codes: Collection[str]) -> tuple[int, int]:
        parts = self._parts_of(figure, period.start, period.cut_off(self.as_of))
        indicator, target = self._indicators[figure.indicator], figure.target
        assert target is not None
        clubs = [row["club_code"] for row in self.rows["club"] if row["club_code"] in codes]
        values = [figure_of(indicator, parts.inside({club}))["value"] for club in clubs]
        known = [value for value in values if value is not None]
        low, high = target.minimum or 0, target.maximum
        met = [
            low <= value <= (high or value)
            if target.rule == "band"
            else value > low
            if target.rule == "value>min"
            else value >= low
            for value in known
        ]
        return sum(met), len(known)

    def sliced(self, figure: Figure, period: Period, breakdown: str,
               slices: Sequence[Slice]) -> Iterator[str]:  # fmt: skip
        """Tell what the parts of a figure have otherwise; empty parts are left out."""
        if not self.collected(period):
            return
        indicator = self._indicators[figure.indicator]
        told = {each.category: each for each in slices}
        codes = self.codes(figure.area_code)
        for category, parts in self._slices_of(figure, period, breakdown).items():
            right = figure_of(indicator, parts.inside(codes))
            found = told.pop(category, None)
            if found is None:
                if right["numerator"] or right["denominator"]:
                    yield f"{category} is left out: {right}"
                continue
            for name in ("numerator", "denominator", "value"):
                if not same(getattr(found, name), right[name]):
                    yield f"{category}: {name} {getattr(found, name)}, by the words {right[name]}"
        yield from (f"{each}: nobody is in it, but there is {part}" for each, part in told.items())

    def _slices_of(self, figure: Figure, period: Period, breakdown: str) -> Mapping[str, Parts]:
        key = (figure.code, period.name, breakdown)
        if key not in self._sliced:
            now = self.truth(period.start, period.cut_off(self.as_of))
            self._sliced[key] = {
                category: ORACLES[figure.indicator](part, figure.target)
                for category, part in parted(now, breakdown).items()
            }
        return self._sliced[key]

    def _estimated(
        self, figure: Figure, period: Period, expected: dict[str, float | None]
    ) -> Iterator[str]:
        """Compare the margin of an estimate; without one nothing is said of the share either."""
        found = self._parts_of(figure, period.start, period.cut_off(self.as_of)).sample
        if found is None or not self.collected(period):
            return
        codes = self.codes(figure.area_code)
        sample = found[found["club_code"].isin(codes)]
        right = margin(sample, self.definitions.survey_confidence)
        if right is None or len(sample) < self.definitions.survey_least:
            expected["value"] = right = None
        told = figure.margin
        if (told is None) != (right is None) or not same(
            told or 0, right or 0, 0.01 * (right or 0)
        ):
            yield f"margin {told}, by the words {right}"

    def _inside(
        self, indicator: Indicator, figure: Figure, start: date, end: date
    ) -> Mapping[str, Number | None]:
        target, founded = figure.target, None
        if figure.population == "clubs founded in the phase" and target is not None:
            founded = (target.founded_from, min(target.founded_to, end))
        return self._parts_of(figure, start, end).inside(self.codes(figure.area_code, founded))

    def _parts_of(self, figure: Figure, start: date, end: date) -> Parts:
        key = (figure.indicator, figure.target.code if figure.target else "", start, end)
        if key not in self._parts:
            self._parts[key] = ORACLES[figure.indicator](self.truth(start, end), figure.target)
        return self._parts[key]

    def codes(self, area: str, founded: tuple[date, date] | None = None) -> Collection[str]:
        """Give the codes of what lies in an area: communes, clubs, the province itself.

        Args:
            area: its code.
            founded: only clubs founded between these days.
        """
        if (area, founded) not in self._codes:
            self._codes[area, founded] = set(self._inside_of(area, founded))
        return self._codes[area, founded]

    def _inside_of(self, area: str, founded: tuple[date, date] | None) -> Iterator[str]:
        clubs = [
            row
            for row in self.rows["club"]
            if founded is None or founded[0] <= row["founded_on"] <= founded[1]
        ]
        if "-" in area:
            yield from (row["club_code"] for row in clubs if row["club_code"] == area)
            return
        place, _, kind = area.partition(":")
        inside = {
            each.code
            for each in self.communes.values()
            if place in ("VN", each.province, each.code)
            and kind in ("", group_of(each, self.definitions.midland))
        }
        yield from inside
        yield from (row["club_code"] for row in clubs if row["commune_code"] in inside)
        if not kind:  # what is known to be in a province and no more
            provinces = {each.province for each in self.communes.values()}
            yield from provinces if place == "VN" else provinces & {place}

    def truth(self, start: date, end: date) -> Truth:
        """Give what was so in a period."""
        if (start, end) not in self._truths:
            settings = settings_of(self.definitions)
            self._truths[start, end] = Truth(self._registers, self.communes, start, end, settings)
        return self._truths[start, end]

    def collected(self, period: Period) -> bool:
        """Tell whether any club had to report by then; before, today's data say nothing."""
        months = [row["month"] for row in self.rows["club_month_expected"]]
        last = period.cut_off(self.as_of)
        return not months or min(months) <= f"{last.year:04d}-{last.month:02d}"


def settings_of(definitions: Definitions) -> Settings:
    """Give what the workbook sets."""
    return Settings(
        definitions.carry_months, definitions.risk_days, definitions.risk_days_long,
        definitions.midland, definitions.ruleset,
        frozenset(code for each in definitions.regions if each.priority for code in each.provinces),
        {code: each.code for each in definitions.regions for code in each.provinces},
    )  # fmt: skip


def figure_of(indicator: Indicator, parts: Mapping[str, Number | None]) -> dict[str, float | None]:
    """Make a figure of its parts: a share in percent; nothing of nothing is unknown."""
    top, bottom = parts["numerator"], parts["denominator"]
    value: Fraction | None = None if top is None else Fraction(top)
    if indicator.denominator:
        value = Fraction(top) / Fraction(bottom) if top is not None and bottom else None
        if value is not None and indicator.unit in PERCENT_UNITS:
            value *= 100
    known, expected = parts["known"], parts["expected"]
    return {
        "numerator": _plain(top),
        "denominator": _plain(bottom),
        "value": None if parts["missing"] else _plain(value),
        "coverage": _plain(Fraction(known) / Fraction(expected) * 100)
        if known is not None and expected
        else None,
    }


def same(one: float | None, other: float | None, within: float = 0.0) -> bool:
    """Compare: whole numbers exactly, shares to the last few bits."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-12, abs_tol=max(within, 1e-12))


def _plain(value: Number | None) -> float | None:
    return None if value is None else float(value)
