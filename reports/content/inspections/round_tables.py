"""Tables and charts of a round of inspections."""

from collections.abc import Mapping
from typing import Any

from programme.problem import Text
from programme.text import sort_key
from programme.word.charts import WHOLE, WHOLE_PERCENT, ChartContent
from programme.word.tables import Row
from reports.content import show
from reports.content.data import ReportData
from reports.content.inspections.checklist import FORM, GRADES, Words
from reports.content.inspections.round_rows import RoundRows
from reports.content.listing import (
    CLUB,
    CLUBS,
    COMMUNES,
    NUMBER,
    PROVINCES,
    SHARE,
    TOTAL,
    Head,
    Heads,
    count,
    day,
    listing,
    share,
)
from reports.render import Block

GRADED = Text(vi="Xếp loại câu lạc bộ (theo lần kiểm tra cuối)", en="Clubs by grade (last visit)")
GRADES_CHART = Text(vi="Biểu đồ số câu lạc bộ theo xếp loại", en="Clubs by grade (number of clubs)")
BY_AREA = Text(vi="Kết quả kiểm tra theo địa bàn", en="Results by area")
FAILED = Text(vi="Nội dung nhiều câu lạc bộ chưa đạt", en="Items that most clubs failed")
FAILED_CHART = Text(
    vi="Biểu đồ 10 nội dung có nhiều câu lạc bộ chưa đạt nhất (% số CLB được kiểm tra)",
    en="The 10 items failed most (% of the clubs visited)",
)
FAILINGS = Text(vi="Lỗi nghiêm trọng", en="Critical failings")
OVERDUE = Text(vi="Kiến nghị quá hạn chưa làm xong", en="Overdue recommendations")
NEVER = Text(vi="Câu lạc bộ chưa được kiểm tra lần nào", en="Clubs never inspected")
LONG_AGO = Text(
    vi="Câu lạc bộ đã được kiểm tra trước kỳ, chưa được kiểm tra trong kỳ",
    en="Clubs inspected before the period and not in it",
)
NOT_INSPECTED = Text(vi="Chưa kiểm tra trong kỳ", en="Not inspected in the period")
_NO_FAILED = Text(
    vi="Không có nội dung nào chưa đạt ở các câu lạc bộ được kiểm tra.",
    en="No item was failed by any of the clubs visited.",
)
_NO_FAILINGS = Text(
    vi="Lần kiểm tra cuối của các câu lạc bộ không ghi nhận lỗi nghiêm trọng.",
    en="No critical failing was noted at the clubs' last visits.",
)
_NO_OVERDUE = Text(vi="Không có kiến nghị nào quá hạn.", en="No recommendation is overdue.")
_ALL_SEEN = Text(
    vi="Tất cả câu lạc bộ đang hoạt động đã được kiểm tra ít nhất một lần.",
    en="Every club in operation was inspected at least once.",
)
_NONE_LONG_AGO = Text(
    vi="Không có câu lạc bộ nào đã kiểm tra trước kỳ mà chưa kiểm tra lại trong kỳ.",
    en="There is no club that was inspected before the period and not in it.",
)
_ABOUT_ITEMS = Text(
    vi="Tính theo lần kiểm tra cuối trong kỳ của câu lạc bộ đang hoạt động. Sinh hoạt: chưa đạt "
    "khi dưới 6 tháng có họp trong 12 tháng, đạt một phần khi từ 6 đến 11 tháng. Tập huấn Ban Chủ "
    "nhiệm, tình nguyện viên: chưa đạt khi không có ai, đạt một phần khi chưa đủ. Chỉ nêu nội dung "
    "có câu lạc bộ chưa đạt hoặc đạt một phần.",
    en="By the last visit in the period of each club in operation. Meetings: failed with fewer "
    "than 6 months of 12 with one, partly with 6 to 11. Training of the board, volunteers: failed "
    "with nobody, partly with too few. Items that no club failed are not listed.",
)
_ABOUT_ACTIONS = Text(
    vi="Nội dung từng kiến nghị do đoàn viết bằng lời, xem báo cáo của lần kiểm tra; bảng này "
    "không nêu để tránh nêu tên người.",
    en="What was recommended stands in the report of each visit; it is written in words, so that "
    "it is not repeated here.",
)
_AREAS_LEFT_OUT = Text(
    vi="Chỉ nêu địa bàn có câu lạc bộ đang hoạt động.", en="Areas with clubs in operation only."
)
_MOST_DRAWN = 10
# a narrow column takes the word in two parts
_HEADS = {"average": Text(vi="Trung bình", en="Aver-age")}
_LISTED_BELOW = "country"  # too many clubs to list: counted by province instead
BY_PROVINCE = Text(
    vi="Danh sách câu lạc bộ lập theo từng tỉnh, thành phố (báo cáo cùng loại của tỉnh).",
    en="Clubs are listed in the same report of each province.",
)


def grades_table(data: ReportData, found: RoundRows) -> list[Block]:
    """Make one row a grade, and those not inspected as a row of their own."""
    language, inspected = data.language, found.clubs["inspected"]
    lines = [
        Row((label.in_(language), count(found.grades.get(grade, 0), language),
             share(found.grades.get(grade, 0), inspected, language)))
        for grade, label in GRADES
    ]  # fmt: skip
    whole = (count(inspected, language), share(inspected, inspected, language))
    lines.append(Row((TOTAL.in_(language), *whole), bold=True))
    left = found.clubs["active"] - inspected
    lines.append(Row((NOT_INSPECTED.in_(language), count(left, language), show.DASH)))
    heads: Heads = (
        (Text(vi="Xếp loại", en="Grade"), 75, "left"),
        (CLUBS, 35, "centre"),
        (Text(vi="Tỷ lệ trong số được kiểm tra", en="Share of those inspected"), 45, "centre"),
    )
    return [listing(language, GRADED, heads, lines)]


def grades_chart(data: ReportData, found: RoundRows) -> list[Block]:
    """Draw clubs by grade, those not inspected beside them."""
    language = data.language
    left = found.clubs["active"] - found.clubs["inspected"]
    counts = [found.grades.get(grade, 0) for grade, _ in GRADES] + [left]
    labels = [label.in_(language) for _, label in GRADES] + [NOT_INSPECTED.in_(language)]
    told = "; ".join(f"{label} {number}" for label, number in zip(labels, counts, strict=True))
    caption = GRADES_CHART.in_(language)
    return [
        ChartContent(
            kind="columns",
            caption=caption,
            alt=f"{caption}: {told}.",
            categories=labels,
            series=[(CLUBS.in_(language), counts)],
            number_format=WHOLE[language],
            height=54,
        )
    ]


def areas_table(data: ReportData, found: RoundRows) -> list[Block]:
    """Make one row an area below, in Vietnamese order, and the total."""
    language = data.language
    names = {area.code: area.in_(language) for area in data.areas}
    ordered = sorted(found.areas, key=lambda row: sort_key(names.get(row["code"], row["code"])))
    counts = ("clubs", "inspected", *(grade for grade, _ in GRADES), "up_to_standard")
    lines = [
        Row((str(place), names.get(row["code"], row["code"]),
             *(count(row[each], language) for each in counts), count(row["score"], language, 1)))
        for place, row in enumerate(ordered, start=1)
    ]  # fmt: skip
    sums = [sum(row[each] for row in ordered) for each in counts]
    whole = (*(count(each, language) for each in sums), count(found.clubs["score"], language, 1))
    lines.append(Row(("", TOTAL.in_(language), *whole), bold=True))
    area = PROVINCES if data.place.level == "country" else COMMUNES
    heads: list[Head] = [
        NUMBER,
        (area, 35, "left"),
        (CLUBS, 14, "centre"),
        (Text(vi="Đã kiểm tra", en="In-spected"), 16, "centre"),
        *((_HEADS.get(grade, label), 14, "centre") for grade, label in GRADES),
        (Text(vi="Đạt chuẩn", en="Up to standard"), 17, "centre"),
        (Text(vi="Điểm bình quân", en="Average score"), 17, "centre"),
    ]
    return [listing(language, BY_AREA, heads, lines, [_AREAS_LEFT_OUT.in_(language)])]


def items_table(data: ReportData, found: RoundRows, words: Words) -> list[Block]:
    """Make one row an item that clubs failed, those failed most on top."""
    language = data.language
    ranked = _ranked(found)
    if not ranked:
        return [_NO_FAILED.in_(language)]
    lines = [
        (str(place), words.item(item), count(failed, language), share(failed, known, language),
         count(partly, language), count(known, language))
        for place, (item, failed, partly, known) in enumerate(ranked, start=1)
    ]  # fmt: skip
    heads: Heads = (
        NUMBER,
        (Text(vi="Nội dung", en="Item"), 75, "left"),
        (Text(vi="Chưa đạt", en="Failed"), 20, "centre"),
        (SHARE, 20, "centre"),
        (Text(vi="Đạt một phần", en="Partly"), 20, "centre"),
        (Text(vi="Số CLB có kết quả", en="Clubs with an answer"), 20, "centre"),
    )
    return [listing(language, FAILED, heads, lines, [_ABOUT_ITEMS.in_(language)])]


def items_chart(data: ReportData, found: RoundRows, words: Words) -> list[Block]:
    """Draw the ten items failed most; nothing where none was failed."""
    language = data.language
    ranked = [each for each in _ranked(found) if each[1] and each[3]][:_MOST_DRAWN]
    if not ranked:
        return []
    shares = [100 * failed / known for _, failed, _, known in ranked]
    labels = [words.item(item) for item, *_ in ranked]
    told = "; ".join(
        f"{a} {share(b[1], b[3], language)}" for a, b in zip(labels, ranked, strict=True)
    )
    caption = FAILED_CHART.in_(language)
    return [
        ChartContent(
            kind="bars",
            caption=caption,
            alt=f"{caption}: {told}.",
            categories=labels,
            series=[(FAILED.in_(language), shares)],
            number_format=WHOLE_PERCENT,
            maximum=100,
            height=20 + 8 * len(labels),
        )
    ]


def _ranked(found: RoundRows) -> list[tuple[str, int, int, int]]:
    rows = [(item, *counts) for item, counts in found.items.items() if counts[0] or counts[1]]
    return sorted(rows, key=lambda row: (-row[1] / max(row[3], 1), -row[2], row[0]))


def failings_table(data: ReportData, found: RoundRows, words: Words) -> list[Block]:
    """Make one row a critical failing and the number of clubs that had it."""
    language = data.language
    if not found.failings:
        return [_NO_FAILINGS.in_(language)]
    lines = [
        (str(place), words.labels.choice(FORM, "critical_failing", row["failing"]),
         count(row["clubs"], language))
        for place, row in enumerate(found.failings, start=1)
    ]  # fmt: skip
    heads: Heads = (NUMBER, (Text(vi="Lỗi", en="Failing"), 110, "left"), (CLUBS, 30, "centre"))
    return [listing(language, FAILINGS, heads, lines)]


def overdue_table(data: ReportData, found: RoundRows, words: Words) -> list[Block]:
    """Make one row an overdue recommendation, the oldest on top; by province for the country."""
    language = data.language
    if not found.overdue:
        return [_NO_OVERDUE.in_(language)]
    if data.place.level == _LISTED_BELOW:
        return [_by_province(data, OVERDUE, found.overdue), BY_PROVINCE.in_(language)]
    lines = [
        (str(place), row["action_code"], row["name"], day(row["visit_date"], language),
         day(row["by_date"], language), count(row["days"], language),
         words.labels.choice("inspection_checklist__follow_up", "follow_state", row["state"]))
        for place, row in enumerate(found.overdue, start=1)
    ]  # fmt: skip
    heads: Heads = (
        NUMBER,
        (Text(vi="Mã kiến nghị", en="Code"), 29, "left"),
        (CLUB, 40, "left"),
        (Text(vi="Ngày kiểm tra", en="Visit"), 24, "centre"),
        (Text(vi="Hạn", en="Due"), 24, "centre"),
        (Text(vi="Quá hạn (ngày)", en="Days overdue"), 17, "centre"),
        (Text(vi="Tình trạng", en="State"), 21, "centre"),
    )
    return [listing(language, OVERDUE, heads, lines, [_ABOUT_ACTIONS.in_(language)])]


def never_table(data: ReportData, found: RoundRows) -> list[Block]:
    """List the clubs in operation that were never inspected."""
    rows = [row for row in found.unseen if row["last_visit"] is None]
    return _clubs(data, NEVER, rows, _ALL_SEEN, seen=False)


def long_ago_table(data: ReportData, found: RoundRows) -> list[Block]:
    """List the clubs inspected before the period, the longest ago on top."""
    rows = [row for row in found.unseen if row["last_visit"] is not None]
    rows.sort(key=lambda row: (row["last_visit"], row["club_code"]))
    return _clubs(data, LONG_AGO, rows, _NONE_LONG_AGO, seen=True)


def _clubs(
    data: ReportData, caption: Text, rows: list[Mapping[str, Any]], nobody: Text, *, seen: bool
) -> list[Block]:
    language = data.language
    if not rows:
        return [nobody.in_(language)]
    if data.place.level == _LISTED_BELOW:
        return [_by_province(data, caption, rows), BY_PROVINCE.in_(language)]
    names = {area.code: area.in_(language) for area in data.areas}
    lines = [
        (str(place), row["club_code"], row["name"], names.get(row["commune_code"], show.DASH),
         day(row["last_visit"] if seen else row["founded_on"], language))
        for place, row in enumerate(rows, start=1)
    ]  # fmt: skip
    last = Text(vi="Kiểm tra lần cuối", en="Last visit") if seen else _FOUNDED
    heads: Heads = (
        NUMBER,
        (Text(vi="Mã CLB", en="Code"), 25, "left"),
        (CLUB, 60, "left"),
        (COMMUNES, 42, "left"),
        (last, 28, "centre"),
    )
    return [listing(language, caption, heads, lines)]


_FOUNDED = Text(vi="Thành lập", en="Founded")


def _by_province(data: ReportData, caption: Text, rows: Any) -> Any:
    language = data.language
    counts: dict[str, int] = {}
    clubs: dict[str, set[str]] = {}
    for row in rows:
        counts[row["province_code"]] = counts.get(row["province_code"], 0) + 1
        clubs.setdefault(row["province_code"], set()).add(row["club_code"])
    names = {code: area.in_(language) for code, area in data.areas.provinces.items()}
    ordered = sorted(counts, key=lambda code: sort_key(names.get(code) or code))
    lines = [
        (str(place), names.get(code, code), count(len(clubs[code]), language),
         count(counts[code], language))
        for place, code in enumerate(ordered, start=1)
    ]  # fmt: skip
    heads: Heads = (NUMBER, (PROVINCES, 80, "left"), (CLUBS, 30, "centre"), (_ROWS, 30, "centre"))
    return listing(language, caption, heads, lines)


_ROWS = Text(vi="Số lượng", en="Number")
