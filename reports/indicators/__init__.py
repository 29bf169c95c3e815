"""Indicators and targets: what ``indicators.xlsx`` defines, computed from the registers."""

from reports.indicators.compute import compute
from reports.indicators.figures import Figure
from reports.indicators.rating import Rating
from reports.indicators.workbook import load_definitions

__all__ = ["Figure", "Rating", "compute", "load_definitions"]
