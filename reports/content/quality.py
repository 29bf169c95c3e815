"""How complete the data are, and what the checks found."""

from programme.dates import Month
from programme.numbers import number, percent
from programme.problem import SEVERITY_WORDS, Text
from programme.word.charts import WHOLE_PERCENT, ChartContent
from programme.word.tables import Column, Row, TableContent
from reports.content import show
from reports.content.data import ReportData
from reports.content.plain import NUMBER, draw
from reports.render import Block

MONTHS = Text(vi="Bảng báo cáo tháng đã nhận", en="Monthly reports received")
CHART = Text(
    vi="Biểu đồ tỷ lệ báo cáo tháng đã nhận (%)",
    en="Monthly reports received of those expected (%)",
)
FINDINGS = Text(
    vi="Bảng vấn đề về số liệu theo nội dung kiểm tra", en="Data problems found, by check"
)
NO_FINDINGS = Text(
    vi="Chưa phát hiện vấn đề nào về số liệu trong kỳ.",
    en="No problem with the data was found in the period.",
)
NO_MONTHS = Text(
    vi="Không có tháng nào phải báo cáo trong kỳ.", en="No month was to be reported in the period."
)
ALL = Text(vi="Cả kỳ", en="Whole period")
_MOST_MONTHS_DRAWN = 36


def months_table(data: ReportData) -> list[Block]:
    """Make one row a month: reports expected, received, their share, clubs that are missing."""
    rows = _months(data)
    if not rows:
        return [data.words(NO_MONTHS)]
    printed = [
        (Month.parse(month).short(data.language), expected, reported)
        for month, expected, reported in rows
    ]
    lines = [_line(data, *each) for each in printed]
    expected, reported = sum(row[1] for row in rows), sum(row[2] for row in rows)
    lines.append(_line(data, data.words(ALL), expected, reported, bold=True))
    columns = (
        Column(data.words(Text(vi="Tháng", en="Month")), 35, "centre"),
        Column(data.words(Text(vi="Phải báo cáo", en="Expected")), 32, "centre"),
        Column(data.words(Text(vi="Đã nhận", en="Received")), 32, "centre"),
        Column(data.words(Text(vi="Còn thiếu", en="Missing")), 32, "centre"),
        Column(data.words(Text(vi="Tỷ lệ", en="Share")), 32, "centre"),
    )
    return [TableContent(data.words(MONTHS), columns, tuple(lines))]


def _line(data: ReportData, name: str, expected: int, reported: int, *, bold: bool = False) -> Row:
    share = percent(100 * reported / expected, data.language) if expected else show.DASH
    counts = (number(each, data.language) for each in (expected, reported, expected - reported))
    return Row((name, *counts, share), bold=bold)


def _months(data: ReportData) -> list[tuple[str, int, int]]:
    rows = data.frames.rows(
        "SELECT month, COUNT(*) AS expected, COUNT(*) FILTER (WHERE reported) AS reported "
        "FROM club_months WHERE expected GROUP BY month ORDER BY month"
    )
    return [(row["month"], row["expected"], row["reported"]) for row in rows]


def months_chart(data: ReportData) -> list[Block]:
    """Draw the share of reports received, month by month."""
    rows = _months(data)[-_MOST_MONTHS_DRAWN:]
    shares = [100 * reported / expected for _, expected, reported in rows]
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
            series=[(data.words(Text(vi="Đã nhận", en="Received")), shares)],
            number_format=WHOLE_PERCENT,
            maximum=100,
            height=62,
        ),
    )


def findings_table(data: ReportData) -> list[Block]:
    """Make one row a check that found something: how grave, how many, in how many clubs."""
    rows = data.frames.rows(
        "SELECT check_code, severity, COUNT(*) AS found, COUNT(DISTINCT club_code) AS clubs, "
        "any_value(title_vi) AS title_vi, any_value(title_en) AS title_en "
        "FROM findings GROUP BY check_code, severity "
        "ORDER BY list_position(['error', 'warning', 'note'], severity), found DESC, check_code"
    )
    if not rows:
        return [data.words(NO_FINDINGS)]
    lines = [
        Row(
            (
                str(place),
                row[f"title_{data.language}"] or row["check_code"],
                data.words(SEVERITY_WORDS[row["severity"]]),
                number(row["found"], data.language),
                number(row["clubs"], data.language),
            )
        )
        for place, row in enumerate(rows, start=1)
    ]
    columns = (
        Column(data.words(NUMBER), 10, "centre"),
        Column(data.words(Text(vi="Nội dung kiểm tra", en="Check")), 88),
        Column(data.words(Text(vi="Mức độ", en="Severity")), 23, "centre"),
        Column(data.words(Text(vi="Số vấn đề", en="Findings")), 22, "centre"),
        Column(data.words(Text(vi="Số CLB", en="Clubs")), 22, "centre"),
    )
    return [TableContent(data.words(FINDINGS), columns, tuple(lines))]
