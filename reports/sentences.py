"""Words that follow from figures by rule: tests, sentences and ways to print, for templates."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from programme import dates, numbers
from programme.problem import Language, Text
from reports.content import show
from reports.figure_text import FigureText
from reports.indicators.rating import Rating
from reports.template_faults import TemplateFault

DECIMALS_AT_MOST = 6
_LAST = Text(vi="và", en="and")
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


def filters(language: Language) -> dict[str, Callable[..., Any]]:
    """Give the ways to print: ``{{ total | number }}``, ``{{ D11 | sentence }}``."""

    def of_figure(say: Callable[[FigureText], str]) -> Callable[[Any], str]:
        return lambda value: say(figure_of(value))

    def of_amount(write: Callable[..., str], usual: int) -> Callable[..., str]:
        def printed(value: Any, decimals: int = usual) -> str:
            amount = _amount(value)
            if amount is None:
                return show.NO_DATA.in_(language)
            return write(amount, language, _decimals(decimals))

        return printed

    def words(value: Any, last: str = "") -> str:
        return joined([shown(each, language) for each in _list(value)], last, language)

    def plural(value: Any, one: str, many: str = "") -> str:
        amount = _amount(value)
        if amount is None:
            return show.NO_DATA.in_(language)
        word = one if amount == 1 or language == "vi" or not many else many
        return f"{numbers.number(amount, language, 1 if amount % 1 else 0)}\u00a0{word}"

    def text(change: Callable[[str], str]) -> Callable[[Any], str]:
        return lambda value: change(shown(value, language))

    return {
        "sentence": of_figure(sentence),
        "verdict": of_figure(verdict),
        "trend": of_figure(trend),
        "reporting": of_figure(reporting),
        "number": of_amount(numbers.number, 0),
        "percent": of_amount(numbers.percent, 1),
        "money": lambda value: _money(value, language),
        "millions": of_amount(lambda v, lang, d: numbers.number(v / show.MILLION, lang, d), 1),
        "date": lambda value: dates.short(_date(value), language),
        "long_date": lambda value: dates.official(_date(value), language),
        "month": lambda value: dates.Month.of(_date(value)).in_(language),
        "words": words,
        "plural": plural,
        "count": lambda value: len(_list(value)),
        "upper": text(str.upper),
        "lower": text(str.lower),
        "first_upper": text(lambda words: words[:1].upper() + words[1:]),
        "first_lower": text(lambda words: words[:1].lower() + words[1:]),
    }


def joined(words: Sequence[str], last: str, language: Language) -> str:
    """Join words as a sentence does: “a, b và c”; English “a, b and c”.

    Args:
        last: before the last one, instead of “và”, “and”.
    """
    if len(words) < 2:  # noqa: PLR2004 nothing to join
        return "".join(words)
    return f"{', '.join(words[:-1])} {last or _LAST.in_(language)} {words[-1]}"


def shown(value: Any, language: Language) -> str:
    """Print a value as it is: texts, figures, numbers, days."""
    if value is None:
        return show.NO_DATA.in_(language)
    if isinstance(value, bool):
        return Text(vi="có" if value else "không", en="yes" if value else "no").in_(language)
    if isinstance(value, int | float | Decimal):
        return numbers.number(value, language, 1 if value % 1 else 0)
    if isinstance(value, dates.Month):
        return value.in_(language)
    if isinstance(value, date):
        return dates.short(value, language)
    if isinstance(value, str | FigureText):
        return str(value)
    raise TemplateFault(Text(vi="giá trị này không in được", en="this cannot be printed"))


def _amount(value: Any) -> float | None:
    if isinstance(value, FigureText):
        return value.value
    if value is None:
        return None
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return value if isinstance(value, int) else float(value)
    raise TemplateFault(Text(vi="đây không phải là số", en="this is not a number"))


def _money(value: Any, language: Language) -> str:
    amount = _amount(value)
    return show.NO_DATA.in_(language) if amount is None else numbers.money(amount, language)


def _decimals(wanted: Any) -> int:
    if isinstance(wanted, int) and 0 <= wanted <= DECIMALS_AT_MOST:
        return wanted
    raise TemplateFault(
        Text(
            vi=f"số chữ số thập phân phải từ 0 đến {DECIMALS_AT_MOST}",
            en=f"decimals are from 0 to {DECIMALS_AT_MOST}",
        )
    )


def _date(value: Any) -> date:
    if isinstance(value, dates.Month):
        return value.first
    if isinstance(value, date):
        return value
    raise TemplateFault(Text(vi="đây không phải là ngày", en="this is not a date"))


def _list(value: Any) -> Sequence[Any]:
    if isinstance(value, list | tuple):
        return value
    raise TemplateFault(Text(vi="đây không phải là danh sách", en="this is not a list"))
