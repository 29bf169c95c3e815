"""Tables and charts of the province evaluation by the name of their placeholder."""

from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile

from programme.dates import short
from programme.problem import Text
from programme.word.charts import WHOLE, ChartContent
from programme.word.tables import Column, Row, TableContent
from reports.content import show
from reports.content.communes import communes_table
from reports.content.data import ReportData
from reports.content.people import members_chart
from reports.content.plain import NUMBER, UNIT, bars, draw, figures_table
from reports.content.quality import findings_table, months_chart, months_table
from reports.content.targets import (
    targets_chart,
    targets_notes,
    targets_numbered_notes,
    targets_reading,
    targets_table,
)
from reports.indicators.figures import Figure
from reports.render import Block

OVERVIEW = Text(vi="Bảng quy mô và thành phần câu lạc bộ", en="Size and make-up of the clubs")
AREAS = Text(
    vi="Bảng thực hiện 8 mảng hoạt động (tỷ lệ số tháng có báo cáo)",
    en="The 8 activity areas (share of the months reported)",
)
AREAS_CHART = Text(
    vi="Biểu đồ thực hiện 8 mảng hoạt động (% số tháng có báo cáo)",
    en="The 8 activity areas (% of the months reported)",
)
OUTPUTS = Text(
    vi="Bảng kết quả hoạt động theo báo cáo quý", en="Results by the quarterly pages of the reports"
)
LOANS = Text(vi="Bảng vốn vay và quỹ tăng thu nhập", en="Loans and income funds")
PURPOSES = Text(
    vi="Biểu đồ số tiền cho vay trong kỳ theo mục đích (triệu đồng)",
    en="Amount lent in the period by purpose (million VND)",
)
INSPECTION = Text(vi="Bảng kết quả kiểm tra, giám sát", en="Results of inspections")
GRADES = Text(vi="Biểu đồ xếp loại câu lạc bộ (số CLB)", en="Clubs by grade (number of clubs)")
RESOURCES = Text(vi="Bảng nguồn lực huy động theo nguồn", en="Resources mobilised by source")
RESOURCES_CHART = Text(
    vi="Biểu đồ nguồn lực huy động theo nguồn (triệu đồng)",
    en="Resources mobilised by source (million VND)",
)
PUBLISHED = Text(vi="Bảng số liệu đã công bố", en="Published figures")
BEFORE = Text(
    vi="Kỳ này kết thúc trước khi có số liệu thu thập: thiếu số liệu.",
    en="The period ended before data were collected: no data.",
)
SHARE = Text(vi="Tỷ lệ", en="Share")
AMOUNT = Text(vi="Số tiền", en="Amount")
CLUBS = Text(vi="Số CLB", en="Clubs")
CONFLICT = Text(
    vi="(a) Số liệu chưa thống nhất giữa các nguồn đã công bố; nêu cùng nguồn để tham khảo, "
    "không dùng để tính toán.",
    en="(a) The published sources do not agree; given with their source for information, not "
    "used in any computation.",
)
PURPOSE_NAMES = {
    "livestock": Text(vi="Chăn nuôi", en="Livestock"),
    "crops": Text(vi="Trồng trọt", en="Crops"),
    "trade": Text(vi="Buôn bán", en="Trade"),
    "craft": Text(vi="Nghề thủ công", en="Craft"),
    "services": Text(vi="Dịch vụ", en="Services"),
    "other": Text(vi="Khác", en="Other"),
}
_NOT_INSPECTED = "not_inspected"
_GRADE_CODES = ("grade_very_strong", "grade_strong", "grade_average", "grade_weak", _NOT_INSPECTED)


def evaluation_blocks(data: ReportData) -> Mapping[str, Sequence[Block]]:
    """Make every table and chart a template may place, by placeholder."""
    areas, resources = data.group("areas"), data.group("resources")
    sources = [figure for figure in resources if figure.code != "mobilised_total"]
    return {
        "overview_table": figures_table(data, OVERVIEW, data.group("overview"), with_baseline=True),
        "members_chart": since_collected(data, members_chart),
        "targets_table": targets_table(data),
        "targets_notes": targets_notes(data),
        "targets_reading": targets_reading(data),
        "targets_numbered_notes": targets_numbered_notes(data),
        "targets_chart": targets_chart(data),
        "communes_table": since_collected(data, communes_table),
        "areas_table": figures_table(data, AREAS, areas),
        "areas_chart": bars(data, AREAS_CHART, areas, SHARE),
        "outputs_table": figures_table(data, OUTPUTS, data.group("outputs")),
        "loans_table": figures_table(data, LOANS, data.group("loans")),
        "loans_chart": since_collected(data, purposes_chart),
        "inspection_table": figures_table(data, INSPECTION, data.group("inspection")),
        "inspection_chart": grades_chart(data),
        "resources_table": figures_table(
            data, RESOURCES, resources, totals=frozenset({"mobilised_total"})
        ),
        "resources_chart": bars(data, RESOURCES_CHART, sources, AMOUNT, millions=True),
        "months_table": months_table(data),
        "months_chart": months_chart(data),
        "findings_table": findings_table(data),
        "published_table": published_table(data),
    }


def since_collected(data: ReportData, make: Callable[[ReportData], list[Block]]) -> Sequence[Block]:
    """Make blocks from the registers, or say that the period lies before their time."""
    return make(data) if data.frames.collected() else [data.words(BEFORE)]


def purposes_chart(data: ReportData) -> list[Block]:
    """Draw what was lent in the period by purpose."""
    rows = data.frames.rows(
        "SELECT purpose, SUM(principal) AS lent FROM loans WHERE lent_in_period AND purpose "
        "IS NOT NULL GROUP BY purpose ORDER BY lent DESC"
    )
    other = PURPOSE_NAMES["other"]
    names = [data.words(PURPOSE_NAMES.get(row["purpose"], other)) for row in rows]
    amounts = [float(row["lent"]) for row in rows]
    told = "; ".join(
        f"{name} {show.millions(amount, data.language)}"
        for name, amount in zip(names, amounts, strict=True)
    )
    return draw(
        data,
        ChartContent(
            kind="bars",
            caption=data.words(PURPOSES),
            alt=f"{data.words(PURPOSES)}: {told}.",
            categories=names,
            series=[(data.words(AMOUNT), [amount / show.MILLION for amount in amounts])],
            number_format=WHOLE[data.language],
            height=20 + 8 * len(names),
        ),
    )


def grades_chart(data: ReportData) -> list[Block]:
    """Draw the clubs by grade, those not inspected as a column of their own."""
    figures = [found for code in _GRADE_CODES if (found := show.by_code(data.figures, code))]
    counts = [figure.numerator for figure in figures]
    told = "; ".join(
        f"{data.words(figure.label)} {count or 0:.0f}"
        for figure, count in zip(figures, counts, strict=True)
    )
    return draw(
        data,
        ChartContent(
            kind="columns",
            caption=data.words(GRADES),
            alt=f"{data.words(GRADES)}: {told}.",
            categories=_grade_labels(data, figures),
            series=[(data.words(CLUBS), counts)],
            number_format=WHOLE[data.language],
            height=54,
        ),
    )


def _grade_labels(data: ReportData, figures: Sequence[Figure]) -> list[str]:
    """Leave out the words that all grades begin with: the caption says them already."""
    labels = {figure.code: data.words(figure.label) for figure in figures}
    grades = [label.split() for code, label in labels.items() if code != _NOT_INSPECTED]
    shared = takewhile(lambda words: len(set(words)) == 1, zip(*grades, strict=False))
    said = len(list(shared)) if len(grades) > 1 else 0
    for code, label in labels.items():
        if code != _NOT_INSPECTED and (rest := " ".join(label.split()[said:])):
            labels[code] = rest[0].upper() + rest[1:]
    return list(labels.values())


def published_table(data: ReportData) -> list[Block]:
    """Make the table of published figures of the province and the country, with sources."""
    known = [
        each for each in data.definitions.baselines if each.area_code in (data.area.code, "VN")
    ]
    known.sort(key=lambda each: (each.area_code == "VN", each.as_of))
    country = Text(vi="Cả nước", en="Country")
    rows = tuple(
        Row(
            (
                str(place),
                data.words(country) if each.area_code == "VN" else data.area.in_(data.language),
                data.words(each.label) + ("^(a)^" if each.conflicting else ""),
                data.unit(each.unit),
                show.published(each, data.language),
                short(each.as_of, data.language),
                data.words(each.source),
            )
        )
        for place, each in enumerate(known, start=1)
    )
    columns = (
        Column(data.words(NUMBER), 10, "centre"),
        Column(data.words(Text(vi="Địa bàn", en="Area")), 24),
        Column(data.words(Text(vi="Nội dung", en="Item")), 76),
        Column(data.words(UNIT), 20, "centre"),
        Column(data.words(Text(vi="Số liệu", en="Figure")), 25, "centre"),
        Column(data.words(Text(vi="Thời điểm", en="As of")), 23, "centre"),
        Column(data.words(Text(vi="Nguồn", en="Source")), 74),
    )
    notes = (data.words(CONFLICT),) if any(each.conflicting for each in known) else ()
    return [TableContent(data.words(PUBLISHED), columns, rows, notes)]
