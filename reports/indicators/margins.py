"""Margins of survey estimates: clubs are drawn within strata, members within clubs.

An estimate is a ratio of two weighted sums. How much it would vary from draw to draw is read from
how much clubs of a stratum differ (linearisation, clubs taken as drawn with replacement).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import pi, sqrt, tan
from statistics import NormalDist

from programme.numbers import number
from programme.problem import Language, Text
from reports.indicators.definitions import Definitions

TOO_FEW = Text(
    vi="chỉ có {n} phiếu phỏng vấn ở {clubs} CLB; cần từ {least} phiếu ở ít nhất 2 CLB của một "
    "tầng chọn mẫu mới ước lượng",
    en="only {n} interviews in {clubs} clubs; an estimate needs {least} of them, in at least "
    "2 clubs of a stratum",
)
NO_SURVEY = Text(vi="trong kỳ không có khảo sát thành viên", en="no member survey in the period")
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
    share = confidence / 100
    if freedom == 1:  # with so few clubs the series below would promise too much
        return tan(pi * share / 2)
    if freedom == 2:  # noqa: PLR2004 - as above
        return share * sqrt(2 / (1 - share**2))
    z = NormalDist().inv_cdf(0.5 + confidence / 200)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def too_few(definitions: Definitions, interviews: float, margin: float | None) -> bool:
    """Tell whether interviews are too few for an estimate, or in too few clubs for a margin."""
    return margin is None or interviews < definitions.survey_least


def about_estimate(
    definitions: Definitions, interviews: float, clubs: float | None, margin: float | None
) -> Text:
    """Say what an estimate rests on, or why there is none.

    Args:
        definitions: with the settings of the survey.
        interviews: that say something about it.
        clubs: in which they were held.
        margin: in percentage points.
    """
    text = TOO_FEW if too_few(definitions, interviews, margin) else MARGIN
    if not interviews:
        text = NO_SURVEY

    def words(language: Language) -> str:
        return text.in_(language).format(
            n=number(interviews, language),
            clubs=number(clubs or 0, language),
            least=number(definitions.survey_least, language),
            margin=number(margin or 0, language, 1),
            confidence=number(definitions.survey_confidence, language),
        )

    return Text(vi=words("vi"), en=words("en"))
