"""Where provinces and communes lie: one point each, for maps of dots and for checking places."""

import csv
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

SHIPPED = Path(__file__).with_name("points.csv")
EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the earth (WGS 84).

    Args:
        latitude: degrees north.
        longitude: degrees east.
    """

    latitude: float
    longitude: float

    def kilometres_to(self, other: "Point") -> float:
        """Give the distance to another point, as the crow flies, in kilometres."""
        north, other_north = radians(self.latitude), radians(other.latitude)
        east = radians(other.longitude - self.longitude)
        half = sin((other_north - north) / 2) ** 2
        half += cos(north) * cos(other_north) * sin(east / 2) ** 2
        return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def point_of(code: str) -> Point | None:
    """Give the middle of a commune, or of a province's communes; None if it is not known.

    Args:
        code: 2 digits for a province, 5 for a commune.
    """
    return _points().get(code)


@cache
def _points() -> dict[str, Point]:
    # read when first asked for: most commands need no points
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Point(float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(file)
        }
