"""Indicators and targets: what ``indicators.xlsx`` defines, computed from the registers."""

from reports.indicators.compute import compute
from reports.indicators.figures import Figure, Figures, Meeting, Slice
from reports.indicators.rating import Rating
from reports.indicators.workbook import load_definitions

__all__ = ["Figure", "Figures", "Meeting", "Rating", "Slice", "compute", "load_definitions"]
