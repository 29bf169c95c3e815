"""Everything one report is made from."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from programme.areas import Areas
from programme.problem import Language, Text
from programme.settings import Settings
from reports.catalogue import Report
from reports.indicators.definitions import Definitions
from reports.indicators.figures import Figure, Figures, Slice
from reports.indicators.figures import Level as FigureLevel
from reports.periods import Period
from reports.place import Place
from reports.registers import Tables
from reports.sources import Sources, years_in

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class ReportData:
    """What the parts of one report read: figures, and never SQL.

    Args:
        figures: of the report's area and those inside it, its period and the one before.
        place: what the report is about.
        public: for everybody: small counts of persons are hidden, and nobody is named.
        texts: what people wrote for this area and period, by section.
        named: what the template names: figures that its sentences print.
    """

    sources: Sources
    report: Report
    figures: Figures
    place: Place
    period: Period
    language: Language
    public: bool = False
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    named: Collection[str] = frozenset()
    _kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def kept(self, name: str, make: Callable[[], Kept]) -> Kept:
        """Give what was made under a name before, or make it: many blocks ask for the same."""
        if name not in self._kept:
            self._kept[name] = make()
        found: Kept = self._kept[name]
        return found

    @property
    def definitions(self) -> Definitions:
        """The workbook."""
        return self.sources.definitions

    @property
    def settings(self) -> Settings:
        """``ishc.toml``."""
        return self.sources.settings

    @property
    def areas(self) -> Areas:
        """Provinces and communes by the names of the day that counts."""
        return self.sources.areas

    @property
    def tables(self) -> Tables:
        """The tables of the run, for ``reports/registers.py``."""
        return self.sources.tables

    @property
    def as_of(self) -> date:
        """The last day whose events can count."""
        return self.sources.as_of

    @property
    def cut_off(self) -> date:
        """The last day that counts: ``as_of``, or the end of the period if that is earlier."""
        return self.period.cut_off(self.as_of)

    @property
    def month_names(self) -> tuple[str, str]:
        """The first and last month that count: ``2026-01``, ``2026-10``."""
        return f"{self.period.start:%Y-%m}", f"{self.cut_off:%Y-%m}"

    @property
    def proven(self) -> datetime | None:
        """When the data were last shown to be complete, None when never."""
        return self.sources.proven

    @property
    def here(self) -> list[Figure]:
        """Every figure of the report's area and period, in the order of the workbook."""
        return list(self._by_code(self.period).values())

    def one(self, code: str) -> Figure | None:
        """Give a figure of the report's area and period by its code."""
        return self._by_code(self.period).get(code)

    def before(self, code: str) -> Figure | None:
        """Give the same figure of the period before; None where it was not computed."""
        return self._by_code(self.period.previous()).get(code)

    def _by_code(self, period: Period) -> Mapping[str, Figure]:
        """Give the figures of the report's area in a period, none where it was not computed."""

        def find() -> dict[str, Figure]:
            if period.name not in {each.name for each in self.figures.periods}:
                return {}
            return {each.code: each for each in self.figures.of(self.place.code, period)}

        return self.kept(f"figures {period.name}", find)

    def group(self, name: str) -> list[Figure]:
        """Give the figures of one group of the workbook, in its order."""
        return [figure for figure in self.here if figure.group == name]

    def below(self, code: str, level: FigureLevel) -> dict[str, Figure]:
        """Give a figure of every area of a level inside the report's, those without data too."""
        return self.figures.below(code, self.place.code, self.period, level)

    def slices(self, code: str, breakdown: str) -> list[Slice]:
        """Give the parts of a figure by a breakdown of the workbook."""
        return self.figures.slices(code, self.place.code, self.period, breakdown)

    def years(self) -> list[Period]:
        """Give the calendar years of the period whose figures are there, if more than one."""
        computed = {each.name for each in self.figures.periods}
        years = years_in(self.period, self.as_of, self.definitions)
        return [each for each in years if each.name in computed]

    def words(self, text: Text) -> str:
        """Write a text in the report's language."""
        return text.in_(self.language)

    def unit(self, unit: str) -> str:
        """Write a unit."""
        return self.definitions.units[unit].in_(self.language)
