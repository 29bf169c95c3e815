"""Everything a report is made from, computed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme.areas import Area, Areas
from programme.problem import Language, Text
from reports.indicators.definitions import Definitions
from reports.indicators.figures import Figure
from reports.indicators.frames import Frames
from reports.periods import Period


@dataclass(frozen=True, slots=True)
class ReportData:
    """What the parts of one report read.

    Args:
        area: the province.
        cut_off: last day that counts, the earlier of ``as_of`` and the end of the period.
        proven: when the data were last shown to be complete, None when never.
    """

    definitions: Definitions
    frames: Frames
    figures: Sequence[Figure]
    areas: Areas
    area: Area
    period: Period
    as_of: date
    cut_off: date
    proven: datetime | None
    language: Language

    def group(self, name: str) -> list[Figure]:
        """Give the figures of one group of the workbook, in its order."""
        return [figure for figure in self.figures if figure.group == name]

    def words(self, text: Text) -> str:
        """Write a text in the report's language."""
        return text.in_(self.language)

    def unit(self, unit: str) -> str:
        """Write a unit."""
        return self.definitions.units[unit].in_(self.language)
