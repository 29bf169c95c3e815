"""How many decimals a figure is printed with; what is said of it must agree with what is seen."""

from programme.numbers import number
from reports.indicators.definitions import PERCENT_UNITS

ONE_DECIMAL = frozenset({"persons_average", "points", "areas"})
MOST_DECIMALS = 4


def decimals_of(unit: str) -> int:
    """Give the decimals that a unit is printed with where there is something behind the comma."""
    return 1 if unit in PERCENT_UNITS or unit in ONE_DECIMAL else 0


def look_the_same(one: float, other: float, decimals: int) -> bool:
    """Tell whether a reader sees the same number twice."""
    return number(one, "en", decimals) == number(other, "en", decimals)


def decimals_apart(value: float, limit: float, unit: str) -> int:
    """Give the decimals that tell a value from the limit it missed: 49.96 is not 50.0.

    Returns:
        The unit's own decimals where they already do, or where none would.
    """
    usual = decimals_of(unit)
    for decimals in range(usual, MOST_DECIMALS + 1):
        if not look_the_same(value, limit, decimals):
            return decimals
    return usual
