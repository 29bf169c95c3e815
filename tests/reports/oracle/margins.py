"""The margin of an estimate, from the textbook: how much the clubs of a stratum differ."""

from math import gamma, pi, sqrt

import numpy as np
import pandas as pd


def margin(sample: pd.DataFrame, confidence: float) -> float | None:
    """Give percentage points up and down; None where no stratum has two clubs.

    Args:
        sample: those who know: ``club_code``, ``stratum``, ``weight``, and whether it is so.
        confidence: percent.
    """
    if not len(sample):
        return None
    weight = sample["weight"].astype(float)
    share = (weight * sample["so"]).sum() / weight.sum()
    rest = weight * (sample["so"].astype(float) - share) / weight.sum()
    clubs = rest.groupby([sample["stratum"], sample["club_code"]]).sum()
    strata = clubs.groupby(level=0)
    freedom = int(len(clubs) - strata.ngroups)
    if freedom < 1:
        return None
    parts = [
        len(each) / (len(each) - 1) * ((each - each.mean()) ** 2).sum()
        if len(each) > 1
        else float((each**2).sum())  # of one club alone nobody knows what its stratum is like
        for _, each in strata
    ]
    return 100 * student(confidence, freedom) * sqrt(sum(parts))


def student(confidence: float, freedom: int) -> float:
    """Give how many standard errors hold a percent of all draws: the area under the curve."""
    height = gamma((freedom + 1) / 2) / (sqrt(freedom * pi) * gamma(freedom / 2))
    low, high = 0.0, 700.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        at = np.linspace(0.0, middle, 20_001)
        inside = 2 * np.trapezoid(height * (1 + at**2 / freedom) ** (-(freedom + 1) / 2), at)
        low, high = (middle, high) if inside < confidence / 100 else (low, middle)
    return low
