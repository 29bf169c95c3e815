"""Figures by kind of area, new clubs beside all clubs, and what was left out."""

from collections.abc import Iterator

from programme.numbers import counted, number
from programme.problem import Text
from programme.word.tables import Column, Row, TableContent
from reports.content import show
from reports.content.data import ReportData
from reports.content.plain import NUMBER, UNIT, WHAT
from reports.content.state import state_of
from reports.indicators.figures import Figure
from reports.render import Block

# each commune is in one of them, as the targets by kind of area count
KINDS = {
    "delta": Text(vi="Đồng bằng", en="Delta"),
    "midland": Text(vi="Trung du", en="Midland"),
    "mountain": Text(vi="Miền núi, biên giới, hải đảo", en="Mountain, border, island"),
    "minority": Text(vi="Vùng dân tộc thiểu số khác", en="Other ethnic minority areas"),
    "unclassified": Text(vi="Chưa phân loại", en="Not classified"),
}
BY_KIND = Text(vi="Bảng số liệu theo loại địa bàn", en="Figures by kind of area")
KIND = Text(vi="Loại địa bàn", en="Kind of area")
NO_KINDS = Text(
    vi="Chưa có số liệu theo loại địa bàn: chưa có bảng phân loại chính thức của các xã, phường.",
    en="No figures by kind of area: there is no official table of the kinds of communes yet.",
)
ONE_KIND = Text(
    vi="Mỗi xã, phường chỉ tính vào một loại địa bàn (xét miền núi, biên giới, hải đảo trước), nên "
    "các dòng cộng lại bằng tổng. Loại địa bàn lấy theo văn bản chính thức, không theo phiếu.",
    en="Each commune counts in one kind (mountain, border and island come first), so the rows add "
    "up to the whole. Kinds are taken from official documents, not from forms.",
)
COLUMNS = (
    ("clubs", Text(vi="Số CLB", en="Clubs")),
    ("communes_with_club", Text(vi="Xã có CLB", en="Communes with a club")),
    ("communes_share", Text(vi="Tỷ lệ xã có CLB", en="Share with a club")),
    ("members", Text(vi="Thành viên", en="Members")),
    ("up_to_standard", Text(vi="Đạt chuẩn/ kiểm tra", en="Standard/ inspected")),
)
NEW_CLUBS = Text(
    vi="Bảng câu lạc bộ mới thành lập và tất cả câu lạc bộ", en="New clubs and all clubs"
)
FOUNDED = Text(vi="CLB thành lập trong giai đoạn", en="Clubs founded in the phase")
ALL = Text(vi="Tất cả CLB (để đối chiếu)", en="All clubs (for comparison)")
NO_NEW = Text(
    vi="Kỳ này không có chỉ tiêu nào tính riêng cho câu lạc bộ mới thành lập.",
    en="No target of this period is counted over the new clubs alone.",
)
ONLY_NEW = Text(
    vi="Chỉ tiêu của giai đoạn tính theo câu lạc bộ mới thành lập; cột “tất cả” không dùng để đánh "
    "giá.",
    en="The targets of the phase count the new clubs; the column “all clubs” is not rated.",
)
_LINE_ALL = "_all"
MISSING = Text(
    vi="- {count} báo cáo tháng chưa nhận trong {due} báo cáo phải có: là thiếu số liệu, không "
    "tính bằng 0.",
    en="- {count} of {due} monthly reports due were not received: missing, never counted as 0.",
)
UNCLASSIFIED = Text(
    vi="- {count}/{total} xã, phường chưa được phân loại địa bàn nên chưa tính vào chỉ tiêu theo "
    "vùng.",
    en="- {count} of {total} communes and wards are not classified and stand in no target by kind "
    "of area.",
)
NOT_INSPECTED = Text(
    vi="- {count} câu lạc bộ chưa được kiểm tra trong kỳ: không tính là đạt hay không đạt chuẩn.",
    en="- {clubs} in operation not inspected in the period: neither up to standard nor below it.",
)
NOTHING_LEFT_OUT = Text(
    vi="Không có câu lạc bộ, báo cáo hay xã, phường nào bị bỏ ngoài số liệu của kỳ.",
    en="No club, report or commune was left out of the figures of the period.",
)


def kinds_table(data: ReportData) -> list[Block]:
    """Make one row a kind of area, communes not classified in a row of their own."""
    figures = {code: data.below(code, "kind") for code, _ in COLUMNS}
    areas = [code for code in figures["communes_share"] if _has_communes(figures, code)]
    if not any(_kind(area) != "unclassified" for area in areas):
        return [data.words(NO_KINDS)]
    rows = [
        Row(
            (
                str(place),
                _label(data, area),
                *(_cell(data, figures[code].get(area)) for code, _ in COLUMNS),
            )
        )
        for place, area in enumerate(areas, start=1)
    ]
    columns = (
        Column(data.words(NUMBER), 10, "centre"),
        Column(data.words(KIND), 45),
        *(Column(data.words(head), 22, "centre") for _, head in COLUMNS),
    )
    return [TableContent(data.words(BY_KIND), columns, tuple(rows), (data.words(ONE_KIND),))]


def _has_communes(figures: dict[str, dict[str, Figure]], area: str) -> bool:
    share = figures["communes_share"][area]
    return bool(share.denominator)


def _kind(area: str) -> str:
    return area.partition(":")[2]


def _label(data: ReportData, area: str) -> str:
    return data.words(KINDS.get(_kind(area), KINDS["unclassified"]))


def _cell(data: ReportData, figure: Figure | None) -> str:
    if figure is None or figure.numerator is None:
        return show.DASH
    if figure.denominator is None or figure.code == "members":
        return number(figure.numerator, data.language)
    made_of = show.share_of(figure, data.language)
    if figure.code == "communes_share":
        return show.shown(figure, data.language)
    return made_of


def new_clubs_table(data: ReportData) -> list[Block]:
    """Put what counts over the new clubs beside the same over all clubs."""
    pairs = [
        (figure, data.one(figure.code + _LINE_ALL))
        for figure in data.group("targets")
        if figure.population == "clubs founded in the phase"
    ]
    if not pairs:
        return [data.words(NO_NEW)]
    rows = tuple(
        Row(
            (
                str(place),
                f"{data.words(figure.label)} ({_years(figure)})",
                data.unit(figure.unit),
                _value(data, figure),
                _value(data, every) if every else _all_clubs(data, figure),
            )
        )
        for place, (figure, every) in enumerate(pairs, start=1)
    )
    columns = (
        Column(data.words(NUMBER), 10, "centre"),
        Column(data.words(WHAT), 68),
        Column(data.words(UNIT), 17, "centre"),
        Column(data.words(FOUNDED), 35, "centre"),
        Column(data.words(ALL), 35, "centre"),
    )
    return [TableContent(data.words(NEW_CLUBS), columns, rows, (data.words(ONLY_NEW),))]


def _years(figure: Figure) -> str:
    target = figure.target
    return f"{target.start.year}-{target.end.year}" if target else ""


def _value(data: ReportData, figure: Figure) -> str:
    value, made_of = show.measured(figure, data.language), show.share_of(figure, data.language)
    return value if made_of == show.DASH else f"{value}\n({made_of})"


def _all_clubs(data: ReportData, figure: Figure) -> str:
    every = data.one("clubs") if figure.unit == "clubs" else None
    return _value(data, every) if every else show.DASH


def left_out(data: ReportData) -> list[Block]:
    """Tell what the figures leave out, each with its number."""
    return [*_left_out(data)] or [data.words(NOTHING_LEFT_OUT)]


def _left_out(data: ReportData) -> Iterator[str]:
    state = state_of(data)
    if state.due > state.received:
        count = number(state.due - state.received, data.language)
        yield data.words(MISSING).format(count=count, due=number(state.due, data.language))
    not_inspected = data.one("not_inspected")
    if not_inspected and not_inspected.value:
        yield data.words(NOT_INSPECTED).format(
            count=number(not_inspected.value, data.language),
            clubs=counted(int(not_inspected.value), "club", "clubs"),
        )
    yield from _unclassified(data)


def _unclassified(data: ReportData) -> Iterator[str]:
    code = f"{data.place.code}:unclassified"
    if code not in data.figures.areas("kind"):
        return
    figure = data.figures.one("communes_share", code, data.period)
    every = data.one("communes_share")
    if figure and figure.denominator and every and every.denominator:
        count, total = (
            number(each, data.language) for each in (figure.denominator, every.denominator)
        )
        yield data.words(UNCLASSIFIED).format(count=count, total=total)
