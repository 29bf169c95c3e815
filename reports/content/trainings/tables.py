"""Tables and charts of the training overview."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from connectors.store.labels import Labels
from programme.problem import Text
from programme.text import sort_key
from programme.word.charts import WHOLE, ChartContent
from programme.word.tables import Row, TableContent
from reports.content import show
from reports.content.data import ReportData
from reports.content.listing import (
    CLUB,
    COMMUNES,
    NUMBER,
    PROVINCES,
    SHARE,
    TOTAL,
    Head,
    Heads,
    count,
    listing,
    share,
)
from reports.content.trainings.rows import TrainingRows
from reports.indicators.definitions import Region
from reports.render import Block

FORM = "training_record"
PEOPLE = Text(vi="Người dự tập huấn", en="People who took part")
LEVELS = Text(vi="Lớp tập huấn theo cấp tổ chức và loại", en="Trainings by level and kind")
YEARS = Text(vi="Lớp tập huấn theo năm và cấp tổ chức", en="Trainings by year and level")
THEMES = Text(vi="Nội dung tập huấn", en="Themes taught")
THEMES_CHART = Text(vi="Biểu đồ số lớp theo nội dung tập huấn", en="Trainings by theme (number)")
REGIONS = Text(vi="Tập huấn ở các vùng ưu tiên", en="Training in the priority regions")
PLACES = Text(vi="Lớp tập huấn theo tỉnh, thành phố", en="Trainings by province")
OFFICIALS = Text(vi="Cán bộ dự tập huấn theo cơ quan", en="Officials who took part, by body")
COSTS = Text(vi="Kinh phí tập huấn theo nguồn", en="Cost of training by source")
BOARDS = Text(
    vi="Ban Chủ nhiệm đã được tập huấn (tính đến ngày chốt số liệu)",
    en="Boards that were trained (up to the cut-off)",
)
UNTRAINED = Text(
    vi="Câu lạc bộ chưa có ai trong Ban Chủ nhiệm được ghi nhận đã tập huấn",
    en="Clubs of which no board member is on record as trained",
)
NONE = Text(
    vi="Trong kỳ không ghi nhận lớp tập huấn nào trên địa bàn.",
    en="No training was recorded in the area in the period.",
)
_SESSIONS = Text(vi="Số lớp", en="Trainings")
_TAKERS = Text(vi="Người dự", en="People")
_WOMEN = Text(vi="Trong đó nữ", en="Of them women")
_COST = Text(vi="Kinh phí (triệu đồng)", en="Cost (million VND)")
_LEVEL = Text(vi="Cấp tổ chức", en="Level")
_KIND = Text(vi="Loại", en="Kind")
_GROUPS = (
    ("officials", Text(vi="Cán bộ", en="Officials")),
    ("board", Text(vi="Ban Chủ nhiệm câu lạc bộ", en="Boards of clubs")),
    ("members", Text(vi="Thành viên khác của câu lạc bộ", en="Other members of clubs")),
    ("others", Text(vi="Người khác", en="Others")),
)
_NO_OFFICIALS = Text(
    vi="Các lớp tập huấn trong kỳ không ghi nhận cán bộ dự học.",
    en="No officials are recorded at the trainings of the period.",
)
_NO_COSTS = Text(
    vi="Trong kỳ không lớp tập huấn nào có số liệu kinh phí theo nguồn.",
    en="No training of the period has its cost recorded by source.",
)
_NO_BOARDS = Text(
    vi="Trên địa bàn không có câu lạc bộ đang hoạt động có danh sách Ban Chủ nhiệm.",
    en="No club in operation in the area has a list of its board.",
)
_ALL_TRAINED = Text(
    vi="Câu lạc bộ đang hoạt động nào cũng có người trong Ban Chủ nhiệm đã dự tập huấn.",
    en="Every club in operation has a board member who was trained.",
)
_NO_REGIONS = Text(
    vi="Trang regions của reports/indicators.xlsx chưa có vùng ưu tiên nào.",
    en="The sheet regions of reports/indicators.xlsx names no priority region yet.",
)
_ABOUT_REGIONS = Text(
    vi="Tỉnh thuộc vùng nào theo trang regions của indicators.xlsx: chương trình tự xếp theo tỉnh "
    "hiện nay, chưa phải danh mục chính thức; một số tỉnh sau sắp xếp năm 2025 thuộc nhiều vùng.",
    en="Which province belongs to which region is in the sheet regions of indicators.xlsx: the "
    "programme's own assignment of today's provinces, not an official list; some provinces of 2025 "
    "span several regions.",
)
_ABOUT_BOARDS = Text(
    vi="Người đương nhiệm trong Ban Chủ nhiệm của câu lạc bộ đang hoạt động. Tập huấn ban đầu: vào "
    "bất kỳ lúc nào; bổ sung: trong năm chốt số liệu. Chỉ tính người được chọn từ danh sách khi "
    "ghi phiếu tập huấn; lớp chỉ ghi số người thì không biết là ai.",
    en="Members of boards now in office, of clubs in operation. Initial training: at any time; "
    "refresher: in the year of the cut-off. Only people chosen from the list in the training "
    "record count; where only a number was written nobody knows who they were.",
)
_ABOUT_THEMES = Text(
    vi="Một lớp có thể có nhiều nội dung, nên cộng lại lớn hơn tổng số lớp.",
    en="A training can have several themes, so that they add up to more than all trainings.",
)
_BY_PROVINCE = Text(
    vi="Danh sách câu lạc bộ lập theo từng tỉnh, thành phố (báo cáo cùng loại của tỉnh).",
    en="Clubs are listed in the same report of each province.",
)


def people_table(data: ReportData, found: TrainingRows) -> list[Block]:
    """Make one row a group of people, women beside them."""
    language, total = data.language, found.total
    if not total["sessions"]:
        return [NONE.in_(language)]
    lines = []
    columns = {"others": "others"}
    for place, (group, label) in enumerate(_GROUPS, start=1):
        people, women = total[columns.get(group, group)], total[f"{group}_women"]
        cells = (count(people, language), count(women, language), share(women, people, language))
        lines.append(Row((str(place), label.in_(language), *cells)))
    women, people = total["women"], total["participants"]
    cells = (count(people, language), count(women, language), share(women, people, language))
    lines.append(Row(("", TOTAL.in_(language), *cells), bold=True))
    heads: Heads = (
        NUMBER,
        (Text(vi="Đối tượng", en="Group"), 70, "left"),
        (_TAKERS, 28, "centre"),
        (_WOMEN, 28, "centre"),
        (SHARE, 28, "centre"),
    )
    return [listing(language, PEOPLE, heads, lines)]


def levels_table(data: ReportData, found: TrainingRows, labels: Labels) -> list[Block]:
    """Make one row a level and kind, and the total."""
    language = data.language
    if not found.levels:
        return [NONE.in_(language)]
    order = {"centre": 0, "province": 1, "commune": 2}
    ordered = sorted(found.levels, key=lambda row: (order.get(row["level"], 3), row["kind"] or ""))
    lines = [
        Row((str(place), labels.choice(FORM, "training_level", row["level"] or show.DASH),
             labels.choice(FORM, "training_kind", row["kind"] or show.DASH), *_sums(row, data)))
        for place, row in enumerate(ordered, start=1)
    ]  # fmt: skip
    lines.append(Row(("", TOTAL.in_(language), "", *_sums(found.total, data)), bold=True))
    heads: list[Head] = [NUMBER, (_LEVEL, 30, "left"), (_KIND, 40, "left"), *_SUM_HEADS]
    return [listing(language, LEVELS, heads, lines)]


_SUM_HEADS: tuple[Head, ...] = (
    (_SESSIONS, 17, "centre"),
    (_TAKERS, 20, "centre"),
    (_WOMEN, 20, "centre"),
    (_COST, 26, "centre"),
)


def _sums(row: Mapping[str, Any], data: ReportData) -> tuple[str, str, str, str]:
    language = data.language
    cost = show.DASH if row["cost"] is None else show.millions(float(row["cost"]), language)
    people = (count(row[each], language) for each in ("sessions", "participants", "women"))
    return (*people, cost)  # type: ignore[return-value]


def years_table(data: ReportData, found: TrainingRows, labels: Labels) -> list[Block]:
    """Make one row a year and level; years without any are left out."""
    language = data.language
    if not found.years:
        return []  # said above the table by level already
    lines = [
        (str(row["year"]), labels.choice(FORM, "training_level", row["level"] or show.DASH),
         *_sums(row, data))
        for row in found.years
    ]  # fmt: skip
    heads: list[Head] = [
        (Text(vi="Năm", en="Year"), 25, "centre"),
        (_LEVEL, 45, "left"),
        *_SUM_HEADS,
    ]
    return [listing(language, YEARS, heads, lines)]


def themes_table(data: ReportData, found: TrainingRows, labels: Labels) -> list[Block]:
    """Make one row a theme, those taught most on top."""
    language, sessions = data.language, found.total["sessions"]
    if not found.themes:
        return [NONE.in_(language)]
    lines = [
        (str(place), labels.choice(FORM, "themes", row["theme"]), count(row["sessions"], language),
         share(row["sessions"], sessions, language), count(row["participants"], language))
        for place, row in enumerate(found.themes, start=1)
    ]  # fmt: skip
    heads: Heads = (
        NUMBER,
        (Text(vi="Nội dung", en="Theme"), 80, "left"),
        (_SESSIONS, 22, "centre"),
        (SHARE, 25, "centre"),
        (_TAKERS, 25, "centre"),
    )
    return [listing(language, THEMES, heads, lines, [_ABOUT_THEMES.in_(language)])]


def themes_chart(data: ReportData, found: TrainingRows, labels: Labels) -> list[Block]:
    """Draw trainings by theme; nothing where there were none."""
    if not found.themes:
        return []
    language = data.language
    names = [labels.choice(FORM, "themes", row["theme"]) for row in found.themes]
    counts = [row["sessions"] for row in found.themes]
    told = "; ".join(f"{name} {number}" for name, number in zip(names, counts, strict=True))
    caption = THEMES_CHART.in_(language)
    return [
        ChartContent(
            kind="bars",
            caption=caption,
            alt=f"{caption}: {told}.",
            categories=names,
            series=[(_SESSIONS.in_(language), counts)],
            number_format=WHOLE[language],
            height=20 + 7 * len(names),
        )
    ]


def regions_table(data: ReportData, found: TrainingRows, regions: Sequence[Region]) -> list[Block]:
    """Make one row a priority region and one for all others; boards trained beside them."""
    language = data.language
    if not regions:
        return [_NO_REGIONS.in_(language)]
    inside = {code for region in regions for code in region.provinces}
    others = tuple(code for code in data.areas.provinces if code not in inside)
    rows = [(region.label, region.provinces) for region in regions]
    rows.append((Text(vi="Các tỉnh, thành phố khác", en="Other provinces and cities"), others))
    lines = []
    for place, (label, codes) in enumerate(rows, start=1):
        held = _added([row for row in found.provinces if row["province_code"] in codes])
        boards = [row for row in found.areas if row["code"] in codes]
        seats, initial = (sum(row[each] for row in boards) for each in ("seats", "initial"))
        trained = f"{count(initial, language)}/{count(seats, language)}" if seats else show.DASH
        lines.append((str(place), label.in_(language), *_sums(held, data), trained))
    heads: list[Head] = [
        NUMBER,
        (Text(vi="Vùng", en="Region"), 46, "left"),
        *_SUM_HEADS,
        (Text(vi="BCN đã tập huấn ban đầu", en="Boards: initial training"), 26, "centre"),
    ]
    return [listing(language, REGIONS, heads, lines, [_ABOUT_REGIONS.in_(language)])]


def _added(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    total: dict[str, Any] = {"sessions": 0, "participants": 0, "women": 0, "cost": None}
    for row in rows:
        for name, so_far in total.items():
            if row[name] is not None:
                total[name] = (so_far or 0) + row[name]
    return total


def places_table(data: ReportData, found: TrainingRows) -> list[Block]:
    """Make one row a province where trainings were held."""
    language = data.language
    if not found.provinces:
        return [NONE.in_(language)]
    names = {code: area.in_(language) for code, area in data.areas.provinces.items()}
    ordered = sorted(found.provinces, key=lambda row: sort_key(names.get(row["province_code"], "")))
    lines = [
        (str(place), names.get(row["province_code"], show.DASH), *_sums(row, data))
        for place, row in enumerate(ordered, start=1)
    ]
    heads: list[Head] = [NUMBER, (PROVINCES, 62, "left"), *_SUM_HEADS]
    return [listing(language, PLACES, heads, lines)]


def officials_table(data: ReportData, found: TrainingRows, labels: Labels) -> list[Block]:
    """Make one row a body that officials came from."""
    language = data.language
    rows = [row for row in found.bodies if row["amount"]]
    if not rows:
        return [_NO_OFFICIALS.in_(language)]
    lines = [
        (str(place), labels.choice(FORM, "official_bodies", row["part"]),
         count(row["amount"], language), count(row["sessions"], language))
        for place, row in enumerate(rows, start=1)
    ]  # fmt: skip
    heads: Heads = (
        NUMBER,
        (Text(vi="Cơ quan", en="Body"), 90, "left"),
        (Text(vi="Số cán bộ", en="Officials"), 30, "centre"),
        (_SESSIONS, 30, "centre"),
    )
    return [listing(language, OFFICIALS, heads, lines)]


def costs_table(data: ReportData, found: TrainingRows, labels: Labels) -> list[Block]:
    """Make one row a source of money, the largest on top."""
    language = data.language
    rows = [row for row in found.sources if row["amount"]]
    if not rows:
        return [_NO_COSTS.in_(language)]
    total = sum(row["amount"] for row in rows)
    lines = [
        Row((str(place), labels.choice(FORM, "fund_sources", row["part"]),
             show.millions(float(row["amount"]), language), share(row["amount"], total, language),
             count(row["sessions"], language)))
        for place, row in enumerate(rows, start=1)
    ]  # fmt: skip
    whole = (show.millions(float(total), language), share(total, total, language), show.DASH)
    lines.append(Row(("", TOTAL.in_(language), *whole), bold=True))
    heads: Heads = (
        NUMBER,
        (Text(vi="Nguồn kinh phí", en="Source"), 75, "left"),
        (_COST, 30, "centre"),
        (SHARE, 25, "centre"),
        (_SESSIONS, 22, "centre"),
    )
    return [listing(language, COSTS, heads, lines)]


def boards_table(data: ReportData, found: TrainingRows) -> list[Block]:
    """Make one row an area below: seats, initial training, this year's refresher."""
    language = data.language
    if not found.areas:
        return [_NO_BOARDS.in_(language)]
    names = {area.code: area.in_(language) for area in data.areas}
    ordered = sorted(found.areas, key=lambda row: sort_key(names.get(row["code"], "")))
    lines = [
        Row((str(place), names.get(row["code"], show.DASH), *_board(row, data)))
        for place, row in enumerate(ordered, start=1)
    ]
    lines.append(Row(("", TOTAL.in_(language), *_board(found.boards, data)), bold=True))
    heads: list[Head] = [
        NUMBER,
        (PROVINCES if data.place.level == "country" else COMMUNES, 50, "left"),
        (Text(vi="Số CLB", en="Clubs"), 17, "centre"),
        (Text(vi="Số người", en="Persons"), 19, "centre"),
        (Text(vi="Tập huấn ban đầu", en="Initial training"), 34, "centre"),
        (Text(vi="Bổ sung trong năm", en="Refresher this year"), 34, "centre"),
    ]
    return [listing(language, BOARDS, heads, lines, [_ABOUT_BOARDS.in_(language)])]


def _board(row: Mapping[str, Any], data: ReportData) -> tuple[str, ...]:
    language, seats = data.language, row["seats"]
    trained = (
        f"{count(row[kind], language)} ({share(row[kind], seats, language)})"
        for kind in ("initial", "refresher")
    )
    return (count(row["clubs"], language), count(seats, language), *trained)


def untrained_table(data: ReportData, found: TrainingRows) -> list[Block]:
    """List the clubs without anybody trained; for the country only count them."""
    language = data.language
    if not found.untrained:
        return [(_ALL_TRAINED if found.boards["seats"] else _NO_BOARDS).in_(language)]
    if data.place.level == "country":
        return [_by_province(data, found), _BY_PROVINCE.in_(language)]
    names = {area.code: area.in_(language) for area in data.areas}
    lines = [
        (str(place), row["club_code"], row["name"], names.get(row["commune_code"], show.DASH))
        for place, row in enumerate(found.untrained, start=1)
    ]
    heads: Heads = (
        NUMBER,
        (Text(vi="Mã CLB", en="Code"), 27, "left"),
        (CLUB, 75, "left"),
        (COMMUNES, 50, "left"),
    )
    return [listing(language, UNTRAINED, heads, lines)]


def _by_province(data: ReportData, found: TrainingRows) -> TableContent:
    language = data.language
    counts = Counter(row["province_code"] for row in found.untrained)
    clubs = {row["code"]: row["clubs"] for row in found.areas}
    names = {code: area.in_(language) for code, area in data.areas.provinces.items()}
    ordered = sorted(counts, key=lambda code: sort_key(names.get(code) or str(code)))
    lines = [
        (str(place), names.get(code) or show.DASH, count(counts[code], language),
         count(clubs.get(code), language))
        for place, code in enumerate(ordered, start=1)
    ]  # fmt: skip
    heads: Heads = (
        NUMBER,
        (PROVINCES, 80, "left"),
        (Text(vi="Chưa được tập huấn", en="Not trained"), 32, "centre"),
        (Text(vi="Số CLB có Ban Chủ nhiệm", en="Clubs with a board"), 32, "centre"),
    )
    return listing(language, UNTRAINED, heads, lines)
