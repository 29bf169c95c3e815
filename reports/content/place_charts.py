"""A chart of any figure over the areas inside a report's own: communes, provinces or clubs."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from programme.problem import Text
from programme.text import sort_key
from programme.word.charts import WHOLE, WHOLE_PERCENT, ChartContent
from reports import registers
from reports.content import show
from reports.content.data import ReportData
from reports.content.plain import draw
from reports.figure_text import PLACES_CHART
from reports.indicators.definitions import PERCENT_UNITS
from reports.indicators.figures import Level
from reports.render import Block

INSIDE: Mapping[str, Level] = {"country": "province", "province": "commune", "commune": "club"}
CAPTION: Mapping[str, Text] = {
    "province": Text(
        vi="Biểu đồ theo tỉnh, thành phố: {label} ({unit})",
        en="By province and city: {label} ({unit})",
    ),
    "commune": Text(
        vi="Biểu đồ theo xã, phường: {label} ({unit})", en="By commune and ward: {label} ({unit})"
    ),
    "club": Text(vi="Biểu đồ theo câu lạc bộ: {label} ({unit})", en="By club: {label} ({unit})"),
}
MILLIONS = Text(vi="triệu đồng", en="million VND")
MORE = Text(
    vi="Biểu đồ có {shown} trong số {all} địa bàn có số liệu, từ cao xuống thấp.",
    en="The chart has {shown} of the {all} areas with data, the highest first.",
)
_MOST = 40  # bars that stand on one page


def places_charts(data: ReportData) -> dict[str, Callable[[ReportData], Sequence[Block]]]:
    """Give the makers of these charts by their placeholders; none where nothing lies inside."""
    if not data.report.below or data.place.level not in data.report.below:
        return {}
    codes = [figure.code for figure in data.here]
    return {f"{code}{PLACES_CHART}": partial(places_chart, code=code) for code in codes}


def places_chart(data: ReportData, code: str) -> list[Block]:
    """Draw one bar an area that has data, the highest first."""
    figure, level = data.one(code), INSIDE[data.place.level]
    if figure is None:
        return []
    below = data.below(code, level)
    found = {place: each for place, each in below.items() if each.value is not None}
    names = {place: _name(data, place, level) for place in found}
    order = sorted(found, key=lambda place: (-(found[place].value or 0), sort_key(names[place])))
    drawn = order[:_MOST]
    money, percents = figure.unit == "VND", figure.unit in PERCENT_UNITS
    unit = data.words(MILLIONS) if money else data.unit(figure.unit)
    label = data.words(figure.label)
    caption = data.words(CAPTION[level]).format(label=label, unit=unit)
    values = [(found[place].value or 0) / (show.MILLION if money else 1) for place in drawn]
    told = "; ".join(f"{names[place]} {show.shown(found[place], data.language)}" for place in drawn)
    blocks = draw(
        data,
        ChartContent(
            kind="bars",
            caption=caption,
            alt=f"{caption}: {told}.",
            categories=[names[place] for place in drawn],
            series=[(label, values)],
            number_format=WHOLE_PERCENT if percents else WHOLE[data.language],
            maximum=100 if percents else None,
            height=18 + 5 * len(drawn),
        ),
    )
    if len(drawn) < len(order):
        blocks.append(data.words(MORE).format(shown=len(drawn), all=len(order)))
    return blocks


def _name(data: ReportData, code: str, level: Level) -> str:
    if level == "club":
        club = registers.clubs(data.tables).get(code)
        return club.name if club else code
    return data.areas.find(code).name
