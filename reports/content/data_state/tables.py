"""Tables and the chart of the data quality report."""

from collections.abc import Mapping, Sequence
from typing import Any

from programme.dates import Month
from programme.numbers import percent
from programme.problem import SEVERITY_WORDS, Severity, Text
from programme.text import sort_key
from programme.word.charts import WHOLE_PERCENT, ChartContent
from programme.word.tables import Row
from reports.content.data import ReportData
from reports.content.data_state.pulls import FORMS
from reports.content.data_state.rows import QualityRows
from reports.content.listing import (
    COMMUNES,
    NUMBER,
    PROVINCES,
    SHARE,
    TOTAL,
    Head,
    count,
    listing,
    share,
)
from reports.render import Block

STATES = Text(vi="Vấn đề về số liệu theo mức độ và tình trạng", en="Findings by severity and state")
CHECKS = Text(vi="Vấn đề theo nội dung kiểm tra", en="Findings by check")
AREAS = Text(vi="Vấn đề và báo cáo theo địa bàn", en="Findings and reports by area")
AGES = Text(vi="Vấn đề còn tồn tại theo thời gian", en="Age of the findings that are open")
MONTHS = Text(vi="Báo cáo tháng phải có và đã nhận", en="Monthly reports expected and received")
MONTHS_CHART = Text(
    vi="Biểu đồ tỷ lệ báo cáo tháng đã nhận (%)",
    en="Monthly reports received of those expected (%)",
)
LEFT_OUT = Text(vi="Phiếu đã nhận và phiếu không tính", en="Submissions received and left out")
NO_FINDINGS = Text(
    vi="Không có vấn đề nào về số liệu của địa bàn trong kỳ.",
    en="No problem was found with the data of the area and period.",
)
NO_OPEN = Text(vi="Không còn vấn đề nào tồn tại.", en="No finding is open.")
NO_MONTHS = Text(
    vi="Trong kỳ không có báo cáo tháng nào phải nộp.",
    en="No monthly report was due in the period.",
)
NO_AREAS = Text(
    vi="Trên địa bàn chưa có câu lạc bộ đang hoạt động.", en="The area has no club in operation."
)
NOTHING_SENT = Text(
    vi="Trong kỳ không nhận được phiếu nào của địa bàn.",
    en="No submission of the area and period was received.",
)
_OPEN = Text(vi="Còn tồn tại", en="Open")
_NEW = Text(vi="Trong đó mới", en="Of them new")
_BACK = Text(vi="Tái diễn", en="Came back")
_MENDED = Text(vi="Đã sửa", en="Mended")
_WAIVED = Text(vi="Đã giải trình", en="Explained")
_SEVERITY = Text(vi="Mức độ", en="Severity")
_CLUBS = Text(vi="Số CLB", en="Clubs")
_OLDEST = Text(vi="Lâu nhất (ngày)", en="Oldest (days)")
_ABOUT_STATES = Text(
    vi="Mới: lần đối soát cuối mới phát hiện. Tái diễn: đã sửa rồi lại có. Đã sửa: không còn nữa, "
    "trong 14 lần đối soát gần nhất. Đã giải trình: có người xác nhận số liệu đúng.",
    en="New: found by the last run first. Came back: mended before and there again. Mended: gone "
    "within the last 14 runs. Explained: somebody confirmed that the figures are right.",
)
_ABOUT_LEFT_OUT = Text(
    vi="Không duyệt: người có trách nhiệm đánh dấu không duyệt. Không tính vì lý do khác: phiếu đã "
    "có phiếu khác thay, hoặc chưa xác định được câu lạc bộ, xã. Chưa rõ CLB: phiếu tính được "
    "nhưng tên câu lạc bộ ghi bằng chữ chưa ghép được với sổ.",
    en="Not approved: set so by the person in charge. Left out otherwise: replaced by another one, "
    "or its club or commune is not clear. Club unclear: the club is named in words that match none "
    "in the register.",
)
_MOST_MONTHS = 36
_STATE_HEADS: tuple[Head, ...] = (
    (_OPEN, 21, "centre"),
    (_NEW, 21, "centre"),
    (_BACK, 21, "centre"),
    (_MENDED, 21, "centre"),
    (_WAIVED, 23, "centre"),
)
_COUNTED = ("open", "new", "came_back", "mended", "waived")
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


def states_table(data: ReportData, found: QualityRows) -> list[Block]:
    """Make one row a severity, with how many findings have each state."""
    language = data.language
    if not found.checks:
        return [NO_FINDINGS.in_(language)]
    known = {row["severity"]: row for row in found.severities}
    lines = [
        Row((SEVERITY_WORDS[severity].in_(language), *_counts(known[severity], data)))
        for severity in _SEVERITIES
        if severity in known
    ]
    lines.append(Row((TOTAL.in_(language), *_counts(found.total, data)), bold=True))
    heads: list[Head] = [(_SEVERITY, 55, "left"), *_STATE_HEADS]
    return [listing(language, STATES, heads, lines, [_ABOUT_STATES.in_(language)])]


def _counts(row: Mapping[str, Any], data: ReportData) -> list[str]:
    return [count(row[each], data.language) for each in _COUNTED]


def checks_table(data: ReportData, found: QualityRows) -> list[Block]:
    """Make one row a check, the gravest on top."""
    language = data.language
    if not found.checks:
        return [NO_FINDINGS.in_(language)]
    lines = []
    for place, row in enumerate(found.checks, start=1):
        title = row[f"title_{language}"] or row["check_code"]
        severity = SEVERITY_WORDS[row["severity"]].in_(language)
        cells = (count(row[each], language) for each in ("open", "mended", "waived", "clubs"))
        lines.append((str(place), title, severity, *cells, count(row["oldest"], language)))
    heads: list[Head] = [
        NUMBER,
        (Text(vi="Nội dung kiểm tra", en="Check"), 56, "left"),
        (_SEVERITY, 21, "centre"),
        (_OPEN, 14, "centre"),
        (_MENDED, 16, "centre"),
        (_WAIVED, 19, "centre"),
        (_CLUBS, 13, "centre"),
        (_OLDEST, 16, "centre"),
    ]
    return [listing(language, CHECKS, heads, lines)]


def areas_table(data: ReportData, found: QualityRows) -> list[Block]:
    """Make one row an area below: open findings by severity, clubs, reports received."""
    language = data.language
    if not found.areas:
        return [NO_AREAS.in_(language)]
    names = {area.code: area.in_(language) for area in data.areas}
    ordered = sorted(found.areas, key=lambda row: sort_key(names.get(row["code"], row["code"])))
    columns = ("active", "errors", "warnings", "notes", "clubs", "received", "expected")
    lines = [
        Row((str(place), names.get(row["code"], row["code"]), *_area(row, columns, data)))
        for place, row in enumerate(ordered, start=1)
    ]
    total = {each: sum(row[each] for row in ordered) for each in columns}
    lines.append(Row(("", TOTAL.in_(language), *_area(total, columns, data)), bold=True))
    heads: list[Head] = [
        NUMBER,
        (PROVINCES if data.place.level == "country" else COMMUNES, 42, "left"),
        (Text(vi="CLB đang hoạt động", en="Active clubs"), 18, "centre"),
        *((SEVERITY_WORDS[severity], 17, "centre") for severity in _SEVERITIES),
        (Text(vi="CLB có vấn đề", en="Clubs with findings"), 18, "centre"),
        (Text(vi="Báo cáo nhận/ phải có", en="Reports in/ expected"), 26, "centre"),
    ]
    return [listing(language, AREAS, heads, lines)]


def _area(row: Mapping[str, Any], columns: Sequence[str], data: ReportData) -> list[str]:
    *plain, received, expected = (count(row[each], data.language) for each in columns)
    return [*plain, f"{received}/{expected}"]


def ages_table(data: ReportData, found: QualityRows) -> list[Block]:
    """Make one row a severity: how long findings have been open."""
    language = data.language
    known = {row["severity"]: row for row in found.ages}
    if not known:
        return [NO_OPEN.in_(language)]
    columns = ("week", "month", "quarter", "longer", "total")
    lines = [
        (SEVERITY_WORDS[severity].in_(language),
         *(count(known[severity][each], language) for each in columns))
        for severity in _SEVERITIES
        if severity in known
    ]  # fmt: skip
    heads: list[Head] = [
        (_SEVERITY, 45, "left"),
        (Text(vi="Đến 7 ngày", en="Up to 7 days"), 23, "centre"),
        (Text(vi="8 - 30 ngày", en="8-30 days"), 23, "centre"),
        (Text(vi="31 - 90 ngày", en="31-90 days"), 23, "centre"),
        (Text(vi="Trên 90 ngày", en="Over 90 days"), 23, "centre"),
        (TOTAL, 25, "centre"),
    ]
    return [listing(language, AGES, heads, lines)]


def months_table(data: ReportData, found: QualityRows) -> list[Block]:
    """Make one row a month: expected, received, missing, share."""
    language = data.language
    if not found.months:
        return [NO_MONTHS.in_(language)]
    lines = [
        Row((Month.parse(row["month"]).short(language), *_received(row, data)))
        for row in found.months
    ]
    total = {each: sum(row[each] for row in found.months) for each in ("expected", "received")}
    lines.append(Row((TOTAL.in_(language), *_received(total, data)), bold=True))
    heads: list[Head] = [
        (Text(vi="Tháng", en="Month"), 35, "centre"),
        (Text(vi="Phải có", en="Expected"), 32, "centre"),
        (Text(vi="Đã nhận", en="Received"), 32, "centre"),
        (Text(vi="Còn thiếu", en="Missing"), 32, "centre"),
        (SHARE, 32, "centre"),
    ]
    return [listing(language, MONTHS, heads, lines)]


def _received(row: Mapping[str, Any], data: ReportData) -> tuple[str, ...]:
    expected, received = row["expected"], row["received"]
    counts = (count(each, data.language) for each in (expected, received, expected - received))
    return (*counts, share(received, expected, data.language))


def months_chart(data: ReportData, found: QualityRows) -> list[Block]:
    """Draw the share of reports received by month; nothing where none was due."""
    rows = found.months[-_MOST_MONTHS:]
    if not rows:
        return []
    language = data.language
    shares = [100 * row["received"] / row["expected"] for row in rows]
    labels = [Month.parse(row["month"]).short(language) for row in rows]
    told = "; ".join(f"{a} {percent(b, language)}" for a, b in zip(labels, shares, strict=True))
    caption = MONTHS_CHART.in_(language)
    return [
        ChartContent(
            kind="columns",
            caption=caption,
            alt=f"{caption}: {told}.",
            categories=labels,
            series=[(Text(vi="Đã nhận", en="Received").in_(language), shares)],
            number_format=WHOLE_PERCENT,
            maximum=100,
            height=60,
        )
    ]


def left_out_table(data: ReportData, found: QualityRows) -> list[Block]:
    """Make one row a form: submissions received, and those that count nowhere."""
    language = data.language
    if not found.forms:
        return [NOTHING_SENT.in_(language)]
    columns = ("sent", "refused", "not_counted", "without_club")
    lines = [
        Row((FORMS.get(row["form"], Text(row["form"], row["form"])).in_(language),
             *(count(row[each], language) for each in columns)))
        for row in found.forms
    ]  # fmt: skip
    sums = (count(sum(row[each] for row in found.forms), language) for each in columns)
    lines.append(Row((TOTAL.in_(language), *sums), bold=True))
    heads: list[Head] = [
        (Text(vi="Biểu mẫu", en="Form"), 57, "left"),
        (Text(vi="Đã nhận", en="Received"), 25, "centre"),
        (Text(vi="Không duyệt", en="Not approved"), 25, "centre"),
        (Text(vi="Không tính vì lý do khác", en="Left out otherwise"), 30, "centre"),
        (Text(vi="Chưa rõ CLB", en="Club unclear"), 26, "centre"),
    ]
    return [listing(language, LEFT_OUT, heads, lines, [_ABOUT_LEFT_OUT.in_(language)])]
