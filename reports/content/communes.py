"""The clubs' figures by commune, for the appendix."""

from collections.abc import Mapping
from typing import Any

from programme.dates import short
from programme.numbers import number
from programme.problem import Text
from programme.text import sort_key
from programme.word.tables import Column, Row, TableContent
from reports.content import show
from reports.content.data import ReportData
from reports.content.plain import NUMBER
from reports.render import Block

CAPTION = Text(
    vi="Số liệu câu lạc bộ theo xã, phường (số liệu chốt đến ngày {day})",
    en="The clubs' figures by commune and ward (figures up to {day})",
)
TOTAL = Text(vi="Tổng cộng", en="Total")
HEADS = (
    (NUMBER, 10.0, "centre"),
    (Text(vi="Xã, phường", en="Commune, ward"), 50.0, "left"),
    (Text(vi="Số CLB", en="Clubs"), 14.0, "right"),
    (Text(vi="Thành viên", en="Members"), 19.0, "right"),
    (Text(vi="Nữ", en="Women"), 17.0, "right"),
    (Text(vi="Từ 60 tuổi", en="60 and over"), 18.0, "right"),
    (Text(vi="Có nhu cầu", en="In need"), 18.0, "right"),
    (Text(vi="Người vay", en="Borrowers"), 19.0, "right"),
    (Text(vi="Dư nợ (triệu đồng)", en="Loans out (million VND)"), 22.0, "right"),
    (Text(vi="Quỹ TNT (triệu đồng)", en="Income fund (million VND)"), 24.0, "right"),
    (Text(vi="Đạt chuẩn/ kiểm tra", en="Standard/ inspected"), 21.0, "centre"),
    (Text(vi="Báo cáo nhận/phải có", en="Reports in/ expected"), 20.0, "centre"),
)
WITHOUT = Text(
    vi="{count}/{total} xã, phường của tỉnh chưa có CLB, không nêu trong bảng.",
    en="{count} of {total} communes and wards of the province have no club and are not listed.",
)
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
_SUMS = """
    COUNT(*) AS clubs, SUM(members) AS members, SUM(women) AS women, SUM(older) AS older,
    SUM(in_need) AS in_need, SUM(borrowers) AS borrowers, SUM(outstanding) AS outstanding,
    SUM(income_fund) AS income_fund, COUNT(*) FILTER (WHERE up_to_standard) AS standard,
    COUNT(*) FILTER (WHERE inspected) AS inspected,
    SUM(months_reported) AS reported, SUM(months_expected) AS expected
"""


def communes_table(data: ReportData) -> list[Block]:
    """Make one row a commune with a club, in Vietnamese order, and the total."""
    found = data.frames.rows(
        f"SELECT commune_code, {_SUMS} FROM clubs WHERE active GROUP BY commune_code"  # noqa: S608
    )
    total = data.frames.rows(f"SELECT {_SUMS} FROM clubs WHERE active")[0]  # noqa: S608
    names = {row["commune_code"]: _name(data, row["commune_code"]) for row in found}
    found.sort(key=lambda row: sort_key(names[row["commune_code"]]))
    rows = [
        Row((str(place), names[row["commune_code"]], *_cells(data, row)))
        for place, row in enumerate(found, start=1)
    ]
    rows.append(Row(("", data.words(TOTAL), *_cells(data, total)), bold=True))
    columns = tuple(
        Column(data.words(head), width, align)  # type: ignore[arg-type]
        for head, width, align in HEADS
    )
    day = short(data.cut_off, data.language)
    caption = data.words(CAPTION).format(day=day)
    return [TableContent(caption, columns, tuple(rows), tuple(_notes(data, len(found))))]


def _name(data: ReportData, code: str | None) -> str:
    known = data.areas.communes.get(code or "")
    return known.in_(data.language) if known else str(code or show.DASH)


def _cells(data: ReportData, row: Mapping[str, Any]) -> tuple[str, ...]:
    counts = ("clubs", "members", "women", "older", "in_need", "borrowers")
    # a club without a loan owes nothing; without a fund report its fund is unknown
    outstanding = row["outstanding"] or 0
    return (
        *(number(int(row[name] or 0), data.language) for name in counts),
        show.millions(float(outstanding), data.language),
        show.DASH
        if row["income_fund"] is None
        else show.millions(float(row["income_fund"]), data.language),
        f"{row['standard']}/{row['inspected']}",
        f"{row['reported'] or 0}/{row['expected'] or 0}",
    )


def _notes(data: ReportData, with_club: int) -> list[str]:
    total = len(data.areas.communes_of(data.area.code))
    without = data.words(WITHOUT).format(count=total - with_club, total=total)
    inside = [each for each in data.areas.doubtful(data.as_of) if each.province == data.area.code]
    doubtful = data.words(DOUBTFUL).format(count=len(inside))
    return [
        data.words(ABOUT),
        *([without] if total > with_club else []),
        *([doubtful] if inside else []),
    ]
