"""Texts that a template may print: head block, dates, sentences, and every figure by its code."""

from collections import Counter
from collections.abc import Mapping, Sequence

from programme.dates import official, short
from programme.numbers import number, percent
from programme.problem import Text
from programme.settings import Settings
from reports.content import show
from reports.content.data import ReportData
from reports.content.state import notices, state_of
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


def evaluation_texts(data: ReportData, settings: Settings) -> Mapping[str, object]:
    """Give every text a template may print, by placeholder; flags are for ``{%p if … %}``."""
    return {
        **_head(data, settings),
        **_dates(data, settings),
        **_coverage(data),
        **_flags(data),
        **_ratings(data),
        **_figures(data),
        "synthetic": settings.synthetic,
    }


def _head(data: ReportData, settings: Settings) -> dict[str, object]:
    report, words = settings.report, data.words
    # “- Như trên” in the template already stands for the body the report is sent to
    parent = words(report.parent)
    recipients = [each for each in map(words, report.recipients) if each != parent]
    label = data.area.in_(data.language)
    return {
        "programme_name": words(settings.name),
        "parent": words(report.parent).upper(),
        "parent_name": words(report.parent),
        "issuer": words(report.issuer).upper(),
        "issuer_name": words(report.issuer),
        "place": words(report.place),
        "number_code": report.abbreviation,
        "authority": words(report.authority).upper(),
        "signer_title": words(report.signer_title).upper(),
        "recipients": recipients,
        "area": label[0].lower() + label[1:] if data.language == "vi" else label,
        "area_upper": label.upper(),
    }


def _dates(data: ReportData, settings: Settings) -> dict[str, object]:
    proven = data.words(NEVER_PROVEN)
    if data.proven is not None:
        proven = data.words(PROVEN).format(
            time=f"{data.proven:%H:%M}", day=short(data.proven.date(), data.language)
        )
    return {
        "period": data.words(data.period.label),
        "period_start": short(data.period.start, data.language),
        "period_end": short(data.period.end, data.language),
        "cut_off": short(data.cut_off, data.language),
        "cut_off_in_words": official(data.cut_off, data.language),
        "as_of": short(data.as_of, data.language),
        "as_of_year": str(data.as_of.year),
        "proven": proven,
        "carry_months": str(data.definitions.carry_months),
        "coverage_threshold": percent(data.definitions.coverage_threshold, data.language, 0),
    }


def _coverage(data: ReportData) -> dict[str, object]:
    row = data.frames.rows(
        "SELECT COUNT(*) FILTER (WHERE expected) AS expected, "
        "COUNT(*) FILTER (WHERE expected AND reported) AS reported FROM club_months"
    )[0]
    found = data.frames.rows(
        "SELECT COUNT(*) AS findings, COUNT(DISTINCT club_code) AS clubs FROM findings"
    )[0]
    expected, reported = row["expected"], row["reported"]
    share = percent(100 * reported / expected, data.language) if expected else None
    written = {
        "reports_expected": expected,
        "reports_received": reported,
        "findings_total": found["findings"],
        "findings_clubs": found["clubs"],
    }
    texts: dict[str, object] = {
        name: number(count, data.language) for name, count in written.items()
    }
    return texts | {"reports_share": share or data.words(show.NO_DATA)}


def _flags(data: ReportData) -> dict[str, object]:
    """Give what a template asks with ``{%p if … %}``, and the sentence of the first page."""
    state = state_of(data)
    said = [data.words(problem.what) for problem in notices(data)]
    return {
        "collected": state.collected,
        "has_clubs": state.clubs > 0,
        "has_reports_due": state.due > 0,
        "has_new_loans": state.new_loans > 0,
        "has_findings": state.collected
        and bool(data.frames.rows("SELECT 1 FROM findings LIMIT 1")),
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
    text = f"{label}: {show.value(figure.value, figure.unit, data.language)}"
    made_of = show.share_of(figure, data.language)
    return text if made_of == show.DASH else f"{text} ({made_of})"


def _figures(data: ReportData) -> dict[str, object]:
    """Give each figure as ``{{ code }}``, with ``_of``, ``_target``, ``_rating``; ``_known``.

    ``{{ code_known }}`` is for ``{%p if … %}``: whether there is a figure at all.
    """
    nothing = data.words(show.NO_DATA)
    codes = [
        "_".join(filter(None, (target, indicator.line)))
        for indicator in data.definitions.indicators
        for target in indicator.targets
    ]
    # targets of other phases: a template names them, this period does not compute them
    texts: dict[str, object] = dict.fromkeys(codes, nothing)
    texts |= {f"{code}_of": show.DASH for code in codes}
    texts |= {f"{code}_target": show.DASH for code in codes}
    texts |= {f"{code}_rating": nothing for code in codes}
    texts |= {f"{code}_known": False for code in codes}
    for figure in data.figures:
        texts[figure.code] = show.value(figure.value, figure.unit, data.language)
        texts[f"{figure.code}_known"] = figure.value is not None
        texts[f"{figure.code}_of"] = show.share_of(figure, data.language)
        texts[f"{figure.code}_target"] = show.target(figure, data.area.code, data.language).replace(
            "\n", " "
        )
        texts[f"{figure.code}_rating"] = data.words(figure.rating.value)
    return texts
