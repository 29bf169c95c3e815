"""The club's own sheet: one page that its board signs; board members by name, nobody else."""

from collections.abc import Mapping, Sequence
from datetime import date

from programme.dates import Month, short
from programme.numbers import number
from programme.problem import Text
from programme.word.tables import Column, Row, TableContent
from reports import registers
from reports.content import show
from reports.content.blocks import report_blocks
from reports.content.data import ReportData
from reports.content.months import reports_of
from reports.content.plain import NUMBER
from reports.content.targets import DONE, WANTED
from reports.content.texts import common_texts
from reports.indicators.definitions import PERCENT_UNITS
from reports.indicators.figures import Figure
from reports.indicators.rating import Rating
from reports.registers import BoardMember
from reports.render import Block

STATES = {
    "active": Text(vi="đang hoạt động", en="in operation"),
    "suspended": Text(vi="tạm dừng", en="at rest"),
    "merged": Text(vi="đã sáp nhập", en="merged"),
    "split": Text(vi="đã chia tách", en="split"),
    "closed": Text(vi="đã giải thể", en="closed"),
}
YES, NO = Text(vi="có", en="yes"), Text(vi="không", en="no")
UNKNOWN = Text(vi="chưa rõ", en="not known")
MEETING_DAY = Text(vi="ngày {day} hằng tháng", en="day {day} of the month")
TARGETS = Text(vi="Chỉ tiêu của câu lạc bộ", en="Targets of the club")
INDICATOR, RATING = Text(vi="Chỉ tiêu", en="Indicator"), Text(vi="Đánh giá", en="Rating")
NO_TARGETS = Text(
    vi="Kỳ này không có chỉ tiêu nào đánh giá được cho riêng câu lạc bộ.",
    en="No target of this period can be rated for one club.",
)
# how a share of clubs begins: one club is asked by yes or no, not “100% of a target of 50%”
_SHARE = Text(vi="Tỷ lệ ", en="Share of ")
_ROLES = ("chair", "vice_chair", "secretary", "accountant", "treasurer")
_JUDGED = (Rating.EXCEEDED, Rating.MET, Rating.NOT_MET, Rating.IN_BAND, Rating.OUT_OF_BAND)
_MOST_TARGETS = 8


def contents(data: ReportData) -> tuple[Mapping[str, object], Mapping[str, Sequence[Block]]]:
    """Give the texts and blocks of the sheet."""
    values = {**common_texts(data), **_identity(data), **_reports(data)}
    return values, report_blocks(data, {"club_targets_table": club_targets_table})


def _identity(data: ReportData) -> dict[str, object]:
    club = registers.clubs(data.tables)[data.place.code]
    unknown = data.words(UNKNOWN)
    day = data.words(MEETING_DAY).format(day=club.meeting_day)
    status = STATES.get(club.status)
    return {
        "club_name": club.name,
        "club_code": club.code,
        "club_commune": data.areas.label(club.commune, data.language),
        "club_province": data.areas.label(club.province, data.language),
        "club_founded": _day(club.founded_on, data) or unknown,
        "club_status": data.words(status) if status else club.status,
        "club_meeting_day": day if club.meeting_day else unknown,
        "club_villages": unknown
        if club.villages_served is None
        else number(club.villages_served, data.language),
        "club_funds_self_managed": unknown
        if club.funds_self_managed is None
        else data.words(YES if club.funds_self_managed else NO),
        "board": _board(data),
    }


def _day(day: date | None, data: ReportData) -> str:
    return short(day, data.language) if day else ""


def _board(data: ReportData) -> list[dict[str, str]]:
    """Give the board on the day that counts, the chair first; each with office and name.

    Who asked that their data be restricted has no name in the registers and is left out.
    """
    everybody = registers.boards(data.tables).get(data.place.code, [])
    now = [each for each in everybody if each.name and _in_office(each, data.cut_off)]
    now.sort(key=lambda each: (_ROLES.index(each.role) if each.role in _ROLES else 9, each.name))
    called = registers.roles(data.tables)
    return [
        {"role": called.get((each.role, data.language), each.role), "name": each.name}
        for each in now
    ]


def _in_office(member: BoardMember, day: date) -> bool:
    begun = member.since is None or member.since <= day
    return begun and (member.until is None or member.until > day)


def _reports(data: ReportData) -> dict[str, object]:
    months = reports_of(data)
    missing = [Month.parse(month).short(data.language) for month, _, got in months if not got]
    return {"months_missing": ", ".join(missing)}


def club_targets_table(data: ReportData) -> list[Block]:
    """Make the table of the targets that one club can be judged by."""
    judged = [each for each in data.group("targets") if _for_a_club(each)][:_MOST_TARGETS]
    if not judged:
        return [data.words(NO_TARGETS)]
    rows = tuple(_row(data, place, figure) for place, figure in enumerate(judged, start=1))
    columns = (
        Column(data.words(NUMBER), 8, "centre"),
        Column(data.words(INDICATOR), 96),
        Column(data.words(WANTED), 18, "centre"),
        Column(data.words(DONE), 25, "centre"),
        Column(data.words(RATING), 18, "centre"),
    )
    return [TableContent(data.words(TARGETS), columns, rows)]


def _for_a_club(figure: Figure) -> bool:
    return figure.rated and figure.rating in _JUDGED


def _row(data: ReportData, place: int, figure: Figure) -> Row:
    language = data.language
    label, wanted = data.words(figure.label), show.target(figure, data.place.code, language)
    done, made_of = show.measured(figure, language), show.share_of(figure, language)
    rating = figure.rating
    if _of_clubs(data, figure):
        label = label.removeprefix(data.words(_SHARE))
        wanted, done = data.words(YES), data.words(YES if figure.numerator else NO)
        rating = Rating.MET if figure.numerator else Rating.NOT_MET
    elif figure.unit in PERCENT_UNITS and made_of != show.DASH:
        done = f"{done} ({made_of})".replace("\n", "")
    return Row((str(place), label, wanted.replace("\n", " "), done, data.words(rating.value)))


def _of_clubs(data: ReportData, figure: Figure) -> bool:
    """Tell whether a figure is the share of clubs of which something is true."""
    indicators = data.definitions.indicators
    made = next((each for each in indicators if each.code == figure.indicator), None)
    counted = made is not None and made.table == "clubs" and made.denominator.startswith("COUNT(")
    return counted and figure.unit in PERCENT_UNITS
