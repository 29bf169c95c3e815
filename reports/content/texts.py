"""Texts that every report may print: head block, dates, sentences, and every figure by its code."""

from collections import Counter
from collections.abc import Mapping, Sequence

from programme.dates import official, short
from programme.numbers import number, percent
from programme.problem import Text
from reports.content import show
from reports.content.closing import closing_texts
from reports.content.data import ReportData
from reports.content.head import head_texts
from reports.content.state import notices, state_of
from reports.figure_text import figure_texts
from reports.indicators.figures import Figure
from reports.indicators.rating import Rating

NEVER_PROVEN = Text(
    vi="chưa có lần đối soát đầy đủ nào với máy chủ",
    en="the data have not been proven complete against the server yet",
)
PROVEN = Text(
    vi="lần gần nhất số liệu được đối soát đầy đủ với máy chủ: {time} ngày {day}",
    en="last proven complete against the server: {time} on {day}",
)
UNFINISHED = Text(
    vi="kỳ báo cáo chưa kết thúc: số liệu đến ngày {day}{before}",
    en="the period has not ended: figures up to {day}{before}",
)
UNFINISHED_BEFORE = Text(
    vi=", còn kỳ trước là cả kỳ", en=", those of the period before cover all of it"
)
_COUNTED = {
    "rated_exceeded": Rating.EXCEEDED,
    "rated_met": Rating.MET,
    "rated_not_met": Rating.NOT_MET,
    "rated_no_data": Rating.NO_DATA,
    "rated_too_little": Rating.TOO_LITTLE,
    "rated_in_band": Rating.IN_BAND,
    "rated_out_of_band": Rating.OUT_OF_BAND,
    "rated_contribution": Rating.CONTRIBUTION,
    "rated_risen": Rating.RISEN,
    "rated_fallen": Rating.FALLEN,
    "rated_same": Rating.SAME,
    "rated_monitored": Rating.REPORTED,
}


def common_texts(data: ReportData) -> dict[str, object]:
    """Give every text a template may print, by placeholder; flags are for ``{%p if … %}``."""
    return {
        **head_texts(data),
        **_dates(data),
        **_state(data),
        **_ratings(data),
        **_figures(data),
        **closing_texts(data),
        "level": data.place.level,
        "decision": data.period.phase.decision if data.period.phase else "",
        "synthetic": data.settings.synthetic,
        "public": data.public,
    }


def _dates(data: ReportData) -> dict[str, object]:
    proven = data.words(NEVER_PROVEN)
    if data.proven is not None:
        proven = data.words(PROVEN).format(
            time=f"{data.proven:%H:%M}", day=short(data.proven.date(), data.language)
        )
    cut_off = short(data.cut_off, data.language)
    unfinished = data.cut_off < data.period.end
    compared = any(data.before(figure.code) for figure in data.here)
    before = data.words(UNFINISHED_BEFORE) if compared else ""
    return {
        "period": data.words(data.period.label),
        "previous_period": data.words(data.period.previous().label),
        "period_start": short(data.period.start, data.language),
        "period_end": short(data.period.end, data.language),
        "unfinished": data.words(UNFINISHED).format(day=cut_off, before=before)
        if unfinished
        else "",
        "cut_off": cut_off,
        "cut_off_in_words": official(data.cut_off, data.language),
        "as_of": short(data.as_of, data.language),
        "as_of_year": str(data.as_of.year),
        "proven": proven,
        "carry_months": str(data.definitions.carry_months),
        "coverage_threshold": percent(data.definitions.coverage_threshold, data.language, 0),
    }


def _state(data: ReportData) -> dict[str, object]:
    """Give what a template asks with ``{%p if … %}``, and the sentence of the first page."""
    state = state_of(data)
    said = [data.words(problem.what) for problem in notices(data)]
    share = percent(100 * state.received / state.due, data.language) if state.due else None
    counts = {
        "reports_expected": state.due,
        "reports_received": state.received,
        "findings_total": state.findings,
        "findings_clubs": state.findings_clubs,
    }
    return {
        **{name: number(count, data.language) for name, count in counts.items()},
        "reports_share": share or data.words(show.NO_DATA),
        "collected": state.collected,
        "has_clubs": state.clubs > 0,
        "has_reports_due": state.due > 0,
        "has_new_loans": state.new_loans > 0,
        "has_findings": state.findings > 0,
        "notice": " ".join(f"{text[0].upper()}{text[1:]}." for text in said),
    }


def _ratings(data: ReportData) -> dict[str, object]:
    rated = [figure for figure in data.group("targets") if figure.rated]
    counts = {
        name: str(sum(figure.rating is rating for figure in rated))
        for name, rating in _COUNTED.items()
    }
    lists = {
        f"{name}_list": [_sentence(data, f) for f in rated if f.rating is rating]
        for name, rating in _COUNTED.items()
    }
    return {**counts, **lists, "ratings": _summary(data, rated)}


def _summary(data: ReportData, rated: Sequence[Figure]) -> str:
    """Count the ratings that occur: “7 chưa đạt, 4 thiếu số liệu”."""
    counts = Counter(figure.rating for figure in rated)
    return ", ".join(
        f"{counts[rating]}\u00a0{data.words(rating.value).lower()}"
        for rating in Rating
        if counts[rating]
    )


def _sentence(data: ReportData, figure: Figure) -> str:
    label = data.words(figure.label)
    if figure.value is None:
        return label
    text = f"{label}: {show.measured(figure, data.language)}"
    made_of = show.share_of(figure, data.language).replace("\n", "")
    return text if made_of == show.DASH else f"{text} ({made_of})"


def _figures(data: ReportData) -> Mapping[str, object]:
    """Give each figure as ``{{ code }}``: its value, and ``.of``, ``.target``, ``.change`` …"""
    codes = [
        "_".join(filter(None, (target, indicator.line)))
        for indicator in data.definitions.indicators
        for target in indicator.targets
    ]
    return figure_texts(
        data.here,
        data.language,
        # targets of other phases: a template names them, this period does not compute them
        codes=codes,
        previous=data.before,
        units=data.definitions.units,
        period=data.words(data.period.label),
        previous_period=data.words(data.period.previous().label),
    )
