"""The figures of the areas inside a report's own: clubs, communes, provinces, kinds of area."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from programme.dates import short
from programme.numbers import number
from programme.problem import Language, Text
from programme.text import sort_key
from programme.word.tables import Align, Column, Row, TableContent
from reports import registers
from reports.content import show
from reports.content.data import ReportData
from reports.content.months import reports_in
from reports.content.plain import NUMBER
from reports.indicators.figures import Figure
from reports.indicators.figures import Level as FigureLevel
from reports.privacy_words import hidden_words
from reports.render import Block

REPORTS = Text(vi="Báo cáo nhận/phải có", en="Reports in/ expected")
TOTAL = Text(vi="Tổng cộng", en="Total")
CAPTIONS: Mapping[str, Text] = {
    "club": Text(
        vi="Số liệu từng câu lạc bộ (số liệu chốt đến ngày {day})",
        en="Figures of each club (up to {day})",
    ),
    "commune": Text(
        vi="Số liệu câu lạc bộ theo xã, phường (số liệu chốt đến ngày {day})",
        en="The clubs' figures by commune and ward (figures up to {day})",
    ),
    "province": Text(
        vi="Số liệu câu lạc bộ theo tỉnh, thành phố (số liệu chốt đến ngày {day})",
        en="The clubs' figures by province and city (figures up to {day})",
    ),
}
NAMES: Mapping[str, Text] = {
    "club": Text(vi="Câu lạc bộ", en="Club"),
    "commune": Text(vi="Xã, phường", en="Commune, ward"),
    "province": Text(vi="Tỉnh, thành phố", en="Province, city"),
}
NONE: Mapping[str, Text] = {
    "club": Text(
        vi="Không có câu lạc bộ nào đang hoạt động trên địa bàn vào ngày chốt số liệu.",
        en="No club of the area was in operation at the cut-off.",
    ),
    "commune": Text(
        vi="Chưa có xã, phường nào của địa bàn có câu lạc bộ trong số liệu thu thập.",
        en="The data collected hold no commune of the area with a club.",
    ),
    "province": Text(
        vi="Chưa có tỉnh, thành phố nào có câu lạc bộ trong số liệu thu thập.",
        en="The data collected hold no province with a club.",
    ),
}
ONE_CLUB = Text(
    vi="Địa bàn có một câu lạc bộ đang hoạt động ({club}): số liệu của báo cáo là số liệu của "
    "câu lạc bộ này.",
    en="One club of the area is in operation ({club}): the figures of the report are its own.",
)
WITHOUT: Mapping[str, Text] = {
    "commune": Text(
        vi="{count}/{total} xã, phường của tỉnh chưa có CLB, không nêu trong bảng.",
        en="{count} of {total} communes and wards of the province have no club and are not listed.",
    ),
    "province": Text(
        vi="{count}/{total} tỉnh, thành phố chưa có CLB trong số liệu thu thập, không nêu trong "
        "bảng.",
        en="{count} of {total} provinces and cities have no club in the data collected and are "
        "not listed.",
    ),
}
DOUBTFUL = Text(
    vi="{count} xã của tỉnh có thể đã là phường: chưa có danh mục chính thức để xác nhận tên.",
    en="{count} communes of the province may be wards by now: no official list was at hand.",
)
ABOUT = Text(
    vi="Chỉ tính CLB đang hoạt động. Quỹ TNT: quỹ tăng thu nhập (tiền mặt, tiền gửi và dư nợ). "
    "Đạt chuẩn theo bộ tiêu chí của chương trình, chưa phải quy định chính thức. Bảng không nêu "
    "tên người.",
    en="Clubs in operation only. Income fund: cash, bank and loans outstanding. Up to standard by "
    "the programme's own rule set, which is not official. The table names nobody.",
)


@dataclass(frozen=True, slots=True)
class _Cells:
    """One column: its head, its width in mm, the figure it prints and how."""

    head: Text
    width: float
    code: str
    write: Callable[[Figure | None, Language], str]
    align: Align = "right"


def _count(figure: Figure | None, language: Language) -> str:
    if figure is not None and figure.hidden is not None:
        return hidden_words(figure.hidden).in_(language)
    if figure is None or figure.numerator is None:
        return show.DASH
    return number(figure.numerator, language)


def _millions(figure: Figure | None, language: Language) -> str:
    if figure is None or figure.value is None:
        return _count(figure, language)
    return show.millions(figure.value, language)


def _of(figure: Figure | None, language: Language) -> str:
    if figure is None or figure.numerator is None or figure.denominator is None:
        return _count(figure, language)
    return f"{number(figure.numerator, language)}/{number(figure.denominator, language)}"


_CLUBS = _Cells(Text(vi="Số CLB", en="Clubs"), 14, "clubs", _count)
_SHARED = (
    _Cells(Text(vi="Thành viên", en="Members"), 20, "members", _count),
    _Cells(Text(vi="Nữ", en="Women"), 19, "women", _count),
    _Cells(Text(vi="Từ 60 tuổi", en="60 and over"), 19, "older_60", _count),
    _Cells(Text(vi="Có nhu cầu", en="In need"), 18, "in_need", _count),
    _Cells(Text(vi="Người vay", en="Borrowers"), 19, "borrowers", _count),
    _Cells(
        Text(vi="Dư nợ (triệu đồng)", en="Loans out (million VND)"), 22, "outstanding", _millions
    ),
    _Cells(
        Text(vi="Quỹ TNT (triệu đồng)", en="Income fund (million VND)"), 23, "fund_total", _millions
    ),
    _Cells(
        Text(vi="Đạt chuẩn/ kiểm tra", en="Standard/ inspected"),
        21,
        "up_to_standard",
        _of,
        "centre",
    ),
)


def clubs_table(data: ReportData) -> list[Block]:
    """Make one row a club of the commune."""
    return _table(data, "club", _SHARED, 58)


def communes_table(data: ReportData) -> list[Block]:
    """Make one row a commune with a club, in Vietnamese order, and the total."""
    return _table(data, "commune", (_CLUBS, *_SHARED), 45)


def provinces_table(data: ReportData) -> list[Block]:
    """Make one row a province with a club, and the total."""
    return _table(data, "province", (_CLUBS, *_SHARED), 45)


def places_table(data: ReportData) -> list[Block]:
    """Make the table of the areas one level below: provinces, communes or clubs."""
    below = {"country": provinces_table, "province": communes_table}
    return below.get(data.place.level, clubs_table)(data)


def _table(
    data: ReportData, level: FigureLevel, columns: Sequence[_Cells], width: float
) -> list[Block]:
    if not data.figures.areas(level) or data.place.level == level:
        return [data.words(NONE[level])]
    active = [code for code, figure in data.below("clubs", level).items() if figure.numerator]
    if not active:
        return [data.words(NONE[level]), *_doubtful(data, level)]
    names = {code: _name(data, code, level) for code in active}
    active.sort(key=lambda code: sort_key(names[code]))
    if level == "club" and len(active) == 1:
        return [data.words(ONE_CLUB).format(club=names[active[0]])]
    rows = [
        Row((str(place), names[code], *_cells(data, columns, code)))
        for place, code in enumerate(active, start=1)
    ]
    if len(active) > 1:
        total = _cells(data, columns, data.place.code)
        rows.append(Row(("", data.words(TOTAL), *total), bold=True))
    heads = (
        Column(data.words(NUMBER), 10, "centre"),
        Column(data.words(NAMES[level]), width),
        *(Column(data.words(each.head), each.width, each.align) for each in columns),
        Column(data.words(REPORTS), 22, "centre"),
    )
    caption = data.words(CAPTIONS[level]).format(day=short(data.cut_off, data.language))
    return [TableContent(caption, heads, tuple(rows), tuple(_notes(data, level, len(active))))]


def _cells(data: ReportData, columns: Sequence[_Cells], code: str) -> Iterator[str]:
    """Print the figures of one area, and how many of its monthly reports came."""
    for each in columns:
        figure = data.figures.one(each.code, code, data.period)
        yield each.write(figure, data.language)
    months = reports_in(data, code)
    due, received = sum(each[1] for each in months), sum(each[2] for each in months)
    yield f"{number(received, data.language)}/{number(due, data.language)}"


def _name(data: ReportData, code: str, level: FigureLevel) -> str:
    if level == "club":
        club = registers.clubs(data.tables).get(code)
        return f"{club.name} ({code})" if club else code
    return data.areas.label(code, data.language)


def _notes(data: ReportData, level: str, with_club: int) -> list[str]:
    notes = [data.words(ABOUT)]
    if level == "club":
        return notes
    inside = (
        data.areas.communes_of(data.place.code)
        if level == "commune"
        else tuple(data.areas.provinces.values())
    )
    if len(inside) > with_club:
        count = len(inside) - with_club
        notes.append(data.words(WITHOUT[level]).format(count=count, total=len(inside)))
    return [*notes, *_doubtful(data, level)]


def _doubtful(data: ReportData, level: str) -> list[str]:
    """Tell how many communes may have another name by now."""
    own = [each for each in data.areas.doubtful(data.as_of) if each.province == data.place.code]
    return [data.words(DOUBTFUL).format(count=len(own))] if own and level == "commune" else []
