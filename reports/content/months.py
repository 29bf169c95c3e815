"""Monthly reports due and received, month by month."""

from programme.dates import Month
from programme.numbers import number, percent
from programme.problem import Text
from programme.word.charts import WHOLE_PERCENT, ChartContent
from programme.word.tables import Column, Row, TableContent
from reports import registers
from reports.content import show
from reports.content.data import ReportData
from reports.content.plain import draw
from reports.render import Block

MONTHS = Text(vi="Bảng báo cáo tháng đã nhận", en="Monthly reports received")
CHART = Text(
    vi="Biểu đồ tỷ lệ báo cáo tháng đã nhận (%)",
    en="Monthly reports received of those expected (%)",
)
NONE = Text(
    vi="Không có tháng nào phải báo cáo trong kỳ.", en="No month was to be reported in the period."
)
ALL = Text(vi="Cả kỳ", en="Whole period")
HEADS = (
    Text(vi="Tháng", en="Month"),
    Text(vi="Phải báo cáo", en="Expected"),
    Text(vi="Đã nhận", en="Received"),
    Text(vi="Còn thiếu", en="Missing"),
    Text(vi="Tỷ lệ", en="Share"),
)
_MOST_MONTHS_DRAWN = 24
_FEWEST_DRAWN = 4  # fewer columns are read from the table


def reports_of(data: ReportData) -> list[tuple[str, int, int]]:
    """Give the month, the reports due and those received, for months in which any was due."""
    return reports_in(data, data.place.code)


def reports_in(data: ReportData, code: str) -> list[tuple[str, int, int]]:
    """Give the same of any area, or of a club by its code."""
    first, last = data.month_names
    if "-" in code:
        own = registers.club_months(data.tables, first, last, data.cut_off)
        reported = own.get(code, {})
        return [(month, 1, int(reported[month])) for month in sorted(reported)]
    by_month = registers.coverage(data.tables, first, last, data.cut_off).get(code, {})
    return [(month, *by_month[month]) for month in sorted(by_month)]


def months_table(data: ReportData) -> list[Block]:
    """Make one row a month: reports expected, received, their share, clubs that are missing."""
    rows = reports_of(data)
    if not rows:
        return [data.words(NONE)]
    lines = [
        _line(data, Month.parse(month).short(data.language), due, received)
        for month, due, received in rows
    ]
    if len(rows) > 1:
        due, received = sum(row[1] for row in rows), sum(row[2] for row in rows)
        lines.append(_line(data, data.words(ALL), due, received, bold=True))
    columns = tuple(Column(data.words(head), 33, "centre") for head in HEADS)
    return [TableContent(data.words(MONTHS), columns, tuple(lines))]


def _line(data: ReportData, name: str, due: int, received: int, *, bold: bool = False) -> Row:
    share = percent(100 * received / due, data.language) if due else show.DASH
    counts = (number(each, data.language) for each in (due, received, due - received))
    return Row((name, *counts, share), bold=bold)


def months_chart(data: ReportData) -> list[Block]:
    """Draw the share of reports received, month by month; nothing for three months or less."""
    rows = reports_of(data)[-_MOST_MONTHS_DRAWN:]
    if len(rows) < _FEWEST_DRAWN:
        return []
    shares = [100 * received / due for _, due, received in rows]
    labels = [Month.parse(month).short(data.language) for month, *_ in rows]
    told = "; ".join(
        f"{label} {percent(share, data.language)}"
        for label, share in zip(labels, shares, strict=True)
    )
    return draw(
        data,
        ChartContent(
            kind="columns",
            caption=data.words(CHART),
            alt=f"{data.words(CHART)}: {told}.",
            categories=labels,
            series=[(data.words(HEADS[2]), shares)],
            number_format=WHOLE_PERCENT,
            maximum=100,
            height=58,
        ),
    )
