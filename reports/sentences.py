"""Words that follow from figures by rule: conditions and sentences, for templates."""

from collections.abc import Callable, Mapping
from typing import Any

from programme.problem import Text
from reports.content import show
from reports.figure_text import FigureText
from reports.indicators.rating import Rating
from reports.template_faults import TemplateFault

_VERDICTS: Mapping[Rating, Text] = {
    Rating.MET: Text(vi="đạt mục tiêu {target}", en="which meets the target of {target}"),
    Rating.EXCEEDED: Text(
        vi="vượt mục tiêu {target} ({gap} trên mức đề ra)",
        en="which exceeds the target of {target} by {gap}",
    ),
    Rating.NOT_MET: Text(
        vi="chưa đạt mục tiêu {target}, còn thiếu {gap}",
        en="which misses the target of {target} by {gap}",
    ),
    Rating.IN_BAND: Text(vi="trong khoảng {target}", en="within the band of {target}"),
    Rating.OUT_OF_BAND: Text(
        vi="ngoài khoảng {target}, {side} {gap}", en="outside the band of {target}, {gap} {side}"
    ),
    Rating.CONTRIBUTION: Text(
        vi="đóng góp vào mục tiêu {target} của cả nước",
        en="a contribution to the national target of {target}",
    ),
    Rating.RISEN: Text(vi="tăng so với đầu kỳ", en="risen since the start of the period"),
    Rating.FALLEN: Text(vi="giảm so với đầu kỳ", en="fallen since the start of the period"),
    Rating.SAME: Text(vi="không đổi so với đầu kỳ", en="unchanged since the start of the period"),
    Rating.TOO_LITTLE: Text(vi="chưa đủ số liệu để đánh giá", en="too little data to judge"),
    Rating.NO_DATA: Text(vi="thiếu số liệu để đánh giá", en="no data to judge by"),
}
_BY_CLUBS = Text(
    vi="{clubs} câu lạc bộ đạt mức {target}", en="{clubs} clubs reaching the level of {target}"
)
_BY_LIMITS = frozenset(
    (Rating.MET, Rating.EXCEEDED, Rating.NOT_MET, Rating.IN_BAND, Rating.OUT_OF_BAND)
)
_BELOW, _ABOVE = Text(vi="thấp hơn", en="below it"), Text(vi="cao hơn", en="above it")
_TRENDS = {
    1: Text(vi="tăng {by} so với {before} ({was})", en="up {by} from {before} ({was})"),
    -1: Text(vi="giảm {by} so với {before} ({was})", en="down {by} from {before} ({was})"),
    0: Text(vi="không đổi so với {before} ({was})", en="unchanged from {before} ({was})"),
}
_NOT_COMPARED = Text(
    vi="chưa so sánh được với {before} do thiếu số liệu",
    en="not to be compared with {before} for lack of data",
)
_BEFORE = Text(vi="kỳ trước", en="the period before")
_REPORTING = Text(vi="theo báo cáo của {clubs} câu lạc bộ", en="reported by {clubs}")
_TOO_LITTLE = Text(
    vi="{label}: chưa đủ số liệu ({clubs} câu lạc bộ có báo cáo)",
    en="{label}: too little data ({clubs} reported)",
)
_NO_SENTENCE = Text(vi="{label}: thiếu số liệu", en="{label}: no data")
_JUDGED = frozenset(_VERDICTS) - {Rating.TOO_LITTLE, Rating.NO_DATA}


def conditions() -> dict[str, Callable[[Any], bool]]:
    """Give what a template asks of a figure: ``{% if D11 is met %}``."""

    def rated(*ratings: Rating) -> Callable[[Any], bool]:
        return lambda value: figure_of(value).judged in ratings

    return {
        "known": lambda value: figure_of(value).known,
        "met": rated(Rating.MET, Rating.EXCEEDED),  # what exceeds its target meets it
        "exceeded": rated(Rating.EXCEEDED),
        "not_met": rated(Rating.NOT_MET),
        "in_band": rated(Rating.IN_BAND),
        "out_of_band": rated(Rating.OUT_OF_BAND),
        "risen": lambda value: direction(figure_of(value)) == 1,
        "fallen": lambda value: direction(figure_of(value)) == -1,
        "unchanged": lambda value: direction(figure_of(value)) == 0,
        "too_little": rated(Rating.TOO_LITTLE),
        "contribution": rated(Rating.CONTRIBUTION),
        "rated": rated(*_JUDGED),
    }


def direction(figure: FigureText) -> int | None:
    """Tell whether a figure rose (1), fell (-1) or stayed (0); None when that is not known.

    Against the start of its period where its target asks for that, else the period before.
    """
    by_target = {Rating.RISEN: 1, Rating.FALLEN: -1, Rating.SAME: 0}.get(figure.judged)
    if by_target is not None:
        return by_target
    apart = figure.difference
    return None if apart is None else (apart > 0) - (apart < 0)


def verdict(figure: FigureText) -> str:
    """Say whether a target was met, with the gap."""
    said = _VERDICTS.get(figure.judged)
    if figure.by_clubs and figure.judged in _BY_LIMITS:
        said = _BY_CLUBS
    if said is None or figure.hidden:
        return figure.rating[0].lower() + figure.rating[1:]
    side = _BELOW if (figure.apart or 0) < 0 else _ABOVE
    return said.in_(figure.language).format(
        target=figure.target.split(" (")[0],
        gap=figure.gap,
        side=side.in_(figure.language),
        clubs=figure.meeting.replace("/", "/" if figure.language == "vi" else " of "),
    )


def trend(figure: FigureText) -> str:
    """Say by how much a figure rose or fell since the period before."""
    language = figure.language
    before = figure.previous_period or _BEFORE.in_(language)
    apart = figure.difference
    if apart is None:
        return _NOT_COMPARED.in_(language).format(before=before)
    said = _TRENDS[(apart > 0) - (apart < 0)].in_(language)
    return said.format(by=figure.amount(apart), before=before, was=figure.previous)


def reporting(figure: FigureText) -> str:
    """Say how many clubs a figure rests on."""
    return _REPORTING.in_(figure.language).format(clubs=_clubs(figure))


def sentence(figure: FigureText) -> str:
    """Say all that is known of a figure in one sentence."""
    language, label = figure.language, figure.label
    if figure.judged is Rating.TOO_LITTLE:
        return _TOO_LITTLE.in_(language).format(label=label, clubs=_clubs(figure)) + "."
    if not figure.known and figure.hidden:
        return f"{label}: {figure.text}."
    if not figure.known:
        return _NO_SENTENCE.in_(language).format(label=label) + "."
    made_of = "" if figure.of in (show.DASH, figure.text) else f" ({figure.of})"
    parts = [f"{label}: {figure.text}{made_of}"]
    parts += [verdict(figure)] if figure.judged in _JUDGED else []
    first = ", ".join(parts)
    return f"{first}; {trend(figure)}." if figure.difference is not None else f"{first}."


def _clubs(figure: FigureText) -> str:
    reported, expected = figure.clubs_reported, figure.clubs_expected
    if figure.language == "vi":
        return f"{reported}/{expected}"
    return f"{reported} of {expected} {'club' if expected == '1' else 'clubs'}"


def figure_of(value: Any) -> FigureText:
    """Give the figure that a template asks about.

    Raises:
        TemplateFault: it is none.
    """
    if isinstance(value, FigureText):
        return value
    raise TemplateFault(
        Text(vi="phép này chỉ dùng cho số liệu (chỉ tiêu)", en="this is for figures only")
    )
