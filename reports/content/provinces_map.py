"""The country as a grid of tiles: the clubs' members, or another figure, province by province."""

from programme.numbers import number
from programme.problem import Text
from programme.word.maps import MapContent
from reports.content import show
from reports.content.data import ReportData
from reports.content.plain import NOTHING_TO_DRAW
from reports.render import Block

CLUBS = Text(vi="Số câu lạc bộ theo tỉnh, thành phố", en="Clubs by province and city")
REPORTING = Text(
    vi="Tỷ lệ báo cáo tháng đã nhận theo tỉnh, thành phố",
    en="Monthly reports received, by province and city",
)
HOW = Text(
    vi="Bản đồ ô lưới: mỗi ô là một tỉnh, thành phố, đặt gần đúng vị trí, không có ranh giới.",
    en="A grid of tiles: each is a province or city, roughly in its place, without boundaries.",
)
_SHARES = (50.0, 80.0, 95.0)


def clubs_map(data: ReportData) -> list[Block]:
    """Shade each province by its number of clubs; provinces without data are hatched."""
    return _map(data, CLUBS, "clubs", data.unit("clubs"))


def reporting_map(data: ReportData) -> list[Block]:
    """Shade each province by the share of monthly reports received."""
    return _map(data, REPORTING, "D20", "%", _SHARES)


def _map(
    data: ReportData, caption: Text, code: str, unit: str, steps: tuple[float, ...] = ()
) -> list[Block]:
    figures = data.below(code, "province")
    values = {area: figure.value or None for area, figure in figures.items()}
    if not any(values.values()):
        return [data.words(NOTHING_TO_DRAW).format(caption=data.words(caption))]
    printed = {
        area: show.shown(figure, data.language) for area, figure in figures.items() if figure.value
    }
    told = "; ".join(f"{data.areas.label(area, data.language)} {printed[area]}" for area in printed)
    return [
        MapContent(
            caption=data.words(caption),
            alt=f"{data.words(caption)}: {told}.",
            values=values,
            printed=printed,
            steps=steps,
            bound={each: number(each, data.language) for each in steps},
            unit=unit,
            notes=(data.words(HOW),),
        )
    ]
