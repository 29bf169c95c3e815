"""Published figures, each with its source; those that contradict each other stand side by side."""

from programme.dates import short
from programme.problem import Text
from programme.word.tables import Column, Row, TableContent
from reports.content import show
from reports.content.data import ReportData
from reports.content.plain import NUMBER, UNIT
from reports.indicators.definitions import Baseline
from reports.place import COUNTRY
from reports.render import Block

PUBLISHED = Text(vi="Bảng số liệu đã công bố", en="Published figures")
NONE = Text(
    vi="Chưa có số liệu nào đã công bố của địa bàn và của cả nước.",
    en="No published figures of the area or the country are known.",
)
CONFLICT = Text(
    vi="(a) Số liệu chưa thống nhất giữa các nguồn đã công bố; nêu cùng nguồn để tham khảo, "
    "không dùng để tính toán.",
    en="(a) The published sources do not agree; given with their source for information, not "
    "used in any computation.",
)
OTHER_UNITS = Text(
    vi="(b) Tính theo đơn vị hành chính trước ngày 01/7/2025, không so sánh được với số xã, phường "
    "hiện nay.",
    en="(b) Counts the units of before 1 July 2025 and cannot be compared with the communes and "
    "wards of today.",
)
COUNTRY_WORDS = Text(vi="Cả nước", en="Country")
HEADS = (
    (NUMBER, 10, "centre"),
    (Text(vi="Địa bàn", en="Area"), 28, "left"),
    (Text(vi="Nội dung", en="Item"), 82, "left"),
    (UNIT, 20, "centre"),
    (Text(vi="Số liệu", en="Figure"), 25, "centre"),
    (Text(vi="Thời điểm", en="As of"), 23, "centre"),
    (Text(vi="Nguồn", en="Source"), 64, "left"),
)


def published_table(data: ReportData) -> list[Block]:
    """Make the table of published figures of the area and the country, with sources."""
    known = [
        each
        for each in data.definitions.baselines
        if each.area_code in (data.place.code, data.place.province, COUNTRY)
    ]
    if not known:
        return [data.words(NONE)]
    known.sort(key=lambda each: (each.area_code == COUNTRY, each.as_of, each.indicator))
    rows = tuple(_row(data, place, each) for place, each in enumerate(known, start=1))
    columns = tuple(
        Column(data.words(head), width, align)  # type: ignore[arg-type]
        for head, width, align in HEADS
    )
    notes = (
        (CONFLICT, any(each.conflicting for each in known)),
        (OTHER_UNITS, any(not each.comparable for each in known)),
    )
    said = tuple(data.words(text) for text, holds in notes if holds)
    return [TableContent(data.words(PUBLISHED), columns, rows, said)]


def _row(data: ReportData, place: int, known: Baseline) -> Row:
    country = known.area_code == COUNTRY
    marks = ("^(a)^" if known.conflicting else "") + ("" if known.comparable else "^(b)^")
    return Row(
        (
            str(place),
            data.words(COUNTRY_WORDS)
            if country
            else data.areas.label(known.area_code, data.language),
            data.words(known.label) + marks,
            data.unit(known.unit),
            show.published(known, data.language),
            short(known.as_of, data.language),
            data.words(known.source),
        )
    )
