"""Margins of survey estimates: clubs are drawn within strata, members within clubs.

An estimate is a ratio of two weighted sums. How much it would vary from draw to draw is read from
how much clubs of a stratum differ (linearisation, clubs taken as drawn with replacement).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from programme.problem import Text

TOO_FEW = Text(
    vi="chỉ có {n} phiếu phỏng vấn, ít hơn {least}, nên không ước lượng",
    en="only {n} interviews, fewer than {least}: no estimate",
)
MARGIN = Text(
    vi="ước lượng từ {n} phiếu phỏng vấn ở {clubs} CLB; sai số ±{margin} điểm phần trăm, "
    "độ tin cậy {confidence}%",
    en="estimated from {n} interviews in {clubs} clubs; margin ±{margin} percentage points at "
    "{confidence}% confidence",
)


@dataclass(frozen=True, slots=True)
class ClubSums:
    """What the interviews of one club add to an estimate.

    Args:
        stratum: in which the club was drawn.
        numerator, denominator: weighted sums of its interviews.
        interviews: how many of them say something about the estimate.
    """

    club_code: str
    stratum: str
    numerator: float
    denominator: float
    interviews: int


def interviews_in(clubs: Iterable[ClubSums]) -> int:
    """Count the interviews that an estimate rests on."""
    return sum(club.interviews for club in clubs)


def margin_of(clubs: Sequence[ClubSums], confidence: float) -> float | None:
    """Give half the width of the interval around a ratio, in its own unit (a share: 0 to 1).

    Args:
        clubs: every club with an interview.
        confidence: percent, such as 95.

    Returns:
        None where too few clubs were visited to see how much they differ.
    """
    denominator = sum(club.denominator for club in clubs)
    strata: dict[str, list[ClubSums]] = defaultdict(list)
    for club in clubs:
        strata[club.stratum].append(club)
    freedom = len(clubs) - len(strata)
    if not denominator or freedom < 1:
        return None
    ratio = sum(club.numerator for club in clubs) / denominator
    variance = 0.0
    for members in strata.values():
        rests = [(each.numerator - ratio * each.denominator) / denominator for each in members]
        # of one club alone the stratum's own mean is not known: how far it is from the ratio
        mean = sum(rests) / len(rests) if len(rests) > 1 else 0.0
        spread = sum((rest - mean) ** 2 for rest in rests)
        variance += spread * (len(rests) / (len(rests) - 1) if len(rests) > 1 else 1)
    return student(confidence, freedom) * sqrt(variance)


def student(confidence: float, freedom: int) -> float:
    """Give how many standard errors hold a percent of all draws, by Student's distribution."""
    z = NormalDist().inv_cdf(0.5 + confidence / 200)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
