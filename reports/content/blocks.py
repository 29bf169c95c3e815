"""Every table, chart and field that the template of a report may place, by its placeholder."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from programme.problem import Text
from reports.content.charts import grades_chart, purposes_chart, years_table
from reports.content.closing import restatement_table
from reports.content.computed import computed_table
from reports.content.data import ReportData
from reports.content.fields import SECTIONS, field
from reports.content.kinds import kinds_table, left_out, new_clubs_table
from reports.content.months import months_chart, months_table
from reports.content.people import members_chart
from reports.content.place_charts import places_charts
from reports.content.places import clubs_table, communes_table, places_table, provinces_table
from reports.content.plain import bars, figures_table
from reports.content.provinces_map import clubs_map, reporting_map
from reports.content.published import published_table
from reports.content.quality import findings_table
from reports.content.state import state_of
from reports.content.targets import (
    targets_chart,
    targets_notes,
    targets_numbered_notes,
    targets_reading,
    targets_table,
)
from reports.indicators.figures import TARGETS, Figure
from reports.render import Block

Maker = Callable[[ReportData], Sequence[Block]]

AREAS_CHART = Text(
    vi="Biểu đồ thực hiện 8 mảng hoạt động (% số tháng có báo cáo)",
    en="The 8 activity areas (% of the months reported)",
)
RESOURCES_CHART = Text(
    vi="Biểu đồ nguồn lực huy động theo nguồn ({unit})",
    en="Resources mobilised by source ({unit})",
)
BEFORE = Text(
    vi="Kỳ này kết thúc trước khi có số liệu thu thập: thiếu số liệu.",
    en="The period ended before data were collected: no data.",
)
SHARE = Text(vi="Tỷ lệ", en="Share")
AMOUNT = Text(vi="Số tiền", en="Amount")
# captions of tables of figures where the name of the workbook's group does not say enough
CAPTIONS = {
    "overview": Text(vi="Bảng quy mô và thành phần câu lạc bộ", en="Size and make-up of the clubs"),
    "areas": Text(
        vi="Bảng thực hiện 8 mảng hoạt động (tỷ lệ số tháng có báo cáo)",
        en="The 8 activity areas (share of the months reported)",
    ),
    "outputs": Text(
        vi="Bảng kết quả hoạt động theo báo cáo quý",
        en="Results by the quarterly pages of the reports",
    ),
    "loans": Text(vi="Bảng vốn vay và quỹ tăng thu nhập", en="Loans and income funds"),
    "inspection": Text(vi="Bảng kết quả kiểm tra, giám sát", en="Results of inspections"),
    "resources": Text(vi="Bảng nguồn lực huy động theo nguồn", en="Resources mobilised by source"),
    "training": Text(vi="Bảng các cuộc tập huấn", en="Training held"),
    "board": Text(vi="Bảng về Ban Chủ nhiệm", en="Boards of the clubs"),
}
NO_QUARTER = Text(
    vi="{caption}: kỳ này không có tháng cuối quý nên không có báo cáo quý.",
    en="{caption}: no quarter ends in the period, so there are no quarterly reports.",
)
_QUARTERLY = ("outputs", "resources", "events")
_TOTALS = frozenset({"mobilised_total"})


class Blocks(Mapping[str, Sequence[Block]]):
    """Blocks by placeholder, each made when a template asks for it: most templates place few."""

    def __init__(self, data: ReportData, makers: Mapping[str, Maker]) -> None:
        self._data, self._makers = data, makers

    def __getitem__(self, name: str) -> Sequence[Block]:
        return self._makers[name](self._data)

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __contains__(self, name: object) -> bool:
        return name in self._makers  # a Mapping would make the block to see whether it is there

    def __len__(self) -> int:
        return len(self._makers)


def report_blocks(data: ReportData, more: Mapping[str, Maker] | None = None) -> Blocks:
    """Give the blocks of a report.

    Args:
        data: what the report is made from.
        more: blocks that only this report has.
    """
    tables = {
        f"{group}_table": partial(_group_table, group=group)
        for group in data.definitions.groups
        if group != TARGETS
    }
    fields = {f"text_{section}": partial(field, section=section) for section in SECTIONS}
    return Blocks(data, {**_MAKERS, **tables, **fields, **(more or {}), **places_charts(data)})


def _group_table(data: ReportData, group: str) -> Sequence[Block]:
    caption = CAPTIONS.get(group) or _named(data.definitions.groups[group])
    figures = [each for each in data.group(group) if _says_something(data, each)]
    if group in _QUARTERLY and not any(each.number % 3 == 0 for each in data.period.months()):
        return [data.words(NO_QUARTER).format(caption=data.words(caption))]
    baseline = group == "overview"
    return figures_table(data, caption, figures, with_baseline=baseline, totals=_TOTALS)


def _says_something(data: ReportData, figure: Figure) -> bool:
    """Leave out what counts communes of one commune, and what counts provinces of one province."""
    level = data.place.level
    if level == "country":
        return True
    table = next((i.table for i in data.definitions.indicators if i.code == figure.indicator), "")
    return figure.unit != "provinces" and (level == "province" or table != "communes")


def _named(group: Text) -> Text:
    return Text(vi=f"Bảng {group.vi[0].lower()}{group.vi[1:]}", en=group.en)


def _since_collected(make: Maker) -> Maker:
    """Make blocks from the registers, or say that the period lies before their time."""

    def made(data: ReportData) -> Sequence[Block]:
        return make(data) if state_of(data).collected else [data.words(BEFORE)]

    return made


def _areas_chart(data: ReportData) -> Sequence[Block]:
    return bars(data, AREAS_CHART, data.group("areas"), SHARE)


def _resources_chart(data: ReportData) -> Sequence[Block]:
    sources = [
        figure
        for figure in data.group("resources")
        if figure.unit == "VND" and figure.code not in _TOTALS
    ]
    return bars(data, RESOURCES_CHART, sources, AMOUNT, money=True)


_MAKERS: Mapping[str, Maker] = {
    "restatement_table": restatement_table,
    "members_chart": _since_collected(members_chart),
    "targets_table": targets_table,
    "targets_notes": targets_notes,
    "targets_reading": targets_reading,
    "targets_numbered_notes": targets_numbered_notes,
    "targets_chart": targets_chart,
    "new_clubs_table": new_clubs_table,
    "kinds_table": _since_collected(kinds_table),
    "clubs_table": _since_collected(clubs_table),
    "communes_table": _since_collected(communes_table),
    "provinces_table": _since_collected(provinces_table),
    "places_table": _since_collected(places_table),
    "clubs_map": _since_collected(clubs_map),
    "reporting_map": _since_collected(reporting_map),
    "areas_chart": _areas_chart,
    "loans_chart": _since_collected(purposes_chart),
    "inspection_chart": grades_chart,
    "resources_chart": _resources_chart,
    "months_table": months_table,
    "months_chart": months_chart,
    "findings_table": findings_table,
    "left_out": left_out,
    "years_table": _since_collected(years_table),
    "published_table": published_table,
    "computed_table": computed_table,
}
