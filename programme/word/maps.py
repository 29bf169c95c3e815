"""A map without boundaries: the 34 provinces of 2025 as a grid of tiles, north on top."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MapContent:
    """A figure of every province, shaded in steps of grey that a photocopy keeps apart.

    Args:
        caption: above the map.
        alt: what the map shows, for those who cannot see it.
        values: figure by code of province (2 digits); None or no entry is “no data”, which is
            hatched and never the lightest step.
        printed: the figure as the tile prints it, by code; without it the number itself.
        steps: lower bounds of the second, third … step, rising, at most four; empty for fifths of
            the values there are.
        bound: how the legend prints a bound, by the bound; without it the number itself.
        unit: what the legend says the figures are, ``% hội viên``.
        marked: codes of provinces with a thick border, such as the one a report is of.
        notes: lines below the map.
    """

    caption: str
    alt: str
    values: Mapping[str, float | None]
    printed: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[float, ...] = ()
    bound: Mapping[float, str] = field(default_factory=dict)
    unit: str = ""
    marked: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
