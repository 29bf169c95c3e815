"""Where a figure comes from: definition, query, clubs, submissions, findings, what is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from programme.problem import Problem, ProblemError, Text
from programme.text import did_you_mean, nearest
from reports import registers
from reports.behind import ask
from reports.closed_figures import ClosedFigures, with_closed
from reports.explained import Explained, LeftOut, Part, Submitted
from reports.explained_rows import findings_about, left_out_of, submission_rows, submissions_behind
from reports.indicators.compute import compute
from reports.indicators.definitions import Indicator
from reports.indicators.engines import engine_of
from reports.indicators.figures import Figure, Figures
from reports.periods import Period
from reports.place import COUNTRY, Place
from reports.sources import Sources

_CLOSE = 1e-6  # sums of fractions may differ in the last digit


def explain(sources: Sources, code: str, place: Place, period: Period) -> list[Explained]:
    """Explain a figure.

    Args:
        code: of a target (``D11``, ``D25_women``), or of an indicator: then of every figure that
            it gives.

    Raises:
        ProblemError: ``figure-unknown`` with the nearest right code; what computing meets.
    """
    indicators = tuple(each for each in sources.definitions.indicators if code in _codes(each))
    if not indicators and code not in sources.definitions.targets:
        raise ProblemError(_unknown(code, sources))
    figures = with_closed(
        _figures(sources, indicators, place, period), sources.folder, sources.areas
    )
    here = figures.of(place.code, period)
    wanted = [each for each in here if code in (each.code, each.indicator)]
    exact = [each for each in wanted if each.code == code]
    if not wanted:
        raise ProblemError(_not_here(code))
    return [_explained(sources, figures, each, place, period) for each in exact or wanted]


def _codes(indicator: Indicator) -> set[str]:
    """Give the codes of the figures of an indicator, and its own."""
    of_targets = ("_".join(filter(None, (each, indicator.line))) for each in indicator.targets)
    return {indicator.code, *of_targets}


def _figures(
    sources: Sources, indicators: tuple[Indicator, ...], place: Place, period: Period
) -> Figures:
    return compute(
        replace(sources.definitions, indicators=indicators),  # only what is asked for
        sources.tables,
        sources.areas,
        (period,),
        sources.as_of,
        levels=tuple({place.level, "commune", "club"}),
        within=place.commune or place.province or COUNTRY,
        engine=engine_of(sources.settings.indicators),
    )


def _explained(
    sources: Sources, figures: Figures, figure: Figure, place: Place, period: Period
) -> Explained:
    indicator = next(
        (each for each in sources.definitions.indicators if each.code == figure.indicator), None
    )
    closing = None
    if isinstance(figures, ClosedFigures):
        closing = figures.closing(place.code, period)
    asked = ask(sources, figure, place, period) if indicator and not closing else None
    parts = tuple(_parts(sources, figures, figure, indicator, place, period))
    submissions: tuple[Submitted, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    if indicator is not None:
        rows = submission_rows(sources, indicator, place)
        submissions = tuple(submissions_behind(sources, rows, indicator, asked, parts, period))
        left_out = tuple(left_out_of(sources, rows, figure, period))
    return Explained(
        figure=figure,
        indicator=indicator,
        place=place,
        period=period,
        as_of=closing.as_of if closing else sources.as_of,
        asked=asked,
        parts=parts,
        adds_up=_adds_up(figure, parts),
        submissions=submissions,
        left_out=left_out,
        findings=tuple(findings_about(sources, submissions, parts, place, period, indicator)),
        closing=closing,
    )


def _parts(
    sources: Sources,
    figures: Figures,
    figure: Figure,
    indicator: Indicator | None,
    place: Place,
    period: Period,
) -> Iterator[Part]:
    """Give what clubs give, or communes where clubs are not what is counted."""
    if indicator is None or place.level == "club":
        return
    by_commune = indicator.table == "communes"
    if by_commune and place.level == "commune":
        return
    clubs = registers.clubs(sources.tables)
    found = figures.below(figure.code, place.code, period, "commune" if by_commune else "club")
    for code, each in found.items():
        if each.numerator is None and each.denominator is None:
            continue
        if not each.numerator and not each.denominator:
            continue
        name = sources.areas.label(code) if by_commune else clubs[code].name
        yield Part(code, name, each.numerator, each.denominator)


def _adds_up(figure: Figure, parts: Sequence[Part]) -> bool:
    def same(whole: float | None, values: list[float | None]) -> bool:
        known = [value for value in values if value is not None]
        if whole is None or not known:
            return not whole and not any(known)
        return abs(sum(known) - whole) <= _CLOSE * max(1.0, abs(whole))

    return same(figure.numerator, [each.numerator for each in parts]) and same(
        figure.denominator, [each.denominator for each in parts]
    )


def _not_here(code: str) -> Problem:
    return Problem(
        "figure-not-here",
        Text(
            vi=f"kỳ và địa bàn này không có số liệu «{code}»",
            en=f"this period and area have no figure “{code}”",
        ),
        Text(
            vi="mục tiêu chỉ có trong giai đoạn của nó và ở địa bàn của nó: hãy ghi --period, "
            "--area khác",
            en="a target stands in its own phase and area only: give another --period or --area",
        ),
    )


def _unknown(code: str, sources: Sources) -> Problem:
    known = {each for one in sources.definitions.indicators for each in _codes(one)}
    near = did_you_mean(nearest(code, known | set(sources.definitions.targets)))
    return Problem(
        "figure-unknown",
        Text(vi=f"không có số liệu «{code}»{near.vi}", en=f"there is no figure “{code}”{near.en}"),
        Text(
            vi="mã số liệu ở trang indicators (cột code) và targets của indicators.xlsx; với một "
            "câu lạc bộ: ishc explain club MÃ",
            en="the codes stand in the sheets indicators (column code) and targets of "
            "indicators.xlsx; for a club: ishc explain club CODE",
        ),
    )
