"""Tables of the award shortlist: the rules, who is proposed, who is not and why."""

from collections.abc import Sequence

from programme.numbers import number
from programme.problem import Text
from programme.word.tables import Row
from reports.content import show
from reports.content.awards.ranking import Candidate, Shortlist
from reports.content.awards.rules import Rule, Rules
from reports.content.data import ReportData
from reports.content.listing import CLUB, COMMUNES, NUMBER, PROVINCES, Head, count, listing
from reports.render import Block

RULES = Text(vi="Điều kiện và điểm xét khen thưởng", en="Conditions and points")
CHOSEN = Text(vi="Câu lạc bộ được đề xuất xét khen thưởng", en="Clubs proposed for an award")
OTHERS = Text(
    vi="Câu lạc bộ đủ điều kiện, ngoài danh sách đề xuất", en="Clubs that qualify further down"
)
UNCLEAR = Text(
    vi="Câu lạc bộ chưa đủ số liệu để xét điều kiện", en="Clubs whose conditions are not known"
)
FAILED = Text(vi="Câu lạc bộ chưa đủ điều kiện", en="Clubs that do not meet a condition")
POINTS = Text(
    vi="Điểm từng nội dung của câu lạc bộ được đề xuất", en="Points of the clubs proposed"
)
AWARDED = Text(
    vi="Câu lạc bộ đã được khen thưởng trong kỳ (theo báo cáo tháng)",
    en="Clubs awarded in the period (by monthly reports)",
)
NOBODY = Text(
    vi="Không có câu lạc bộ nào đủ điều kiện trong kỳ.", en="No club meets all conditions."
)
NO_OTHERS = Text(
    vi="Tất cả câu lạc bộ đủ điều kiện đều có trong danh sách đề xuất.",
    en="Every club that qualifies is among those proposed.",
)
ALL_KNOWN = Text(
    vi="Không có câu lạc bộ nào thiếu số liệu về điều kiện.",
    en="No condition is unknown of any club.",
)
NONE_FAILED = Text(
    vi="Không có câu lạc bộ nào không đủ điều kiện.", en="No club fails a condition."
)
NOBODY_AWARDED = Text(
    vi="Báo cáo tháng trong kỳ không ghi nhận lần khen thưởng nào.",
    en="The monthly reports of the period tell of no award.",
)
_PLACE = Text(vi="Thứ hạng", en="Place")
_POINTS = Text(vi="Điểm", en="Points")
_MISSING = Text(vi="Thiếu số liệu", en="No data for")
_REACH = Text(vi="có thể vào danh sách", en="could be among them")
_TIED = Text(vi="{place} (đồng hạng {shared} CLB)", en="{place} (shared by {shared})")
_WHY = Text(vi="Điều kiện chưa đáp ứng", en="Conditions not met")
_ABOUT = Text(
    vi="Khoản thiếu số liệu chưa được tính điểm (không phải 0 điểm do làm kém); trong ngoặc là "
    "điểm nếu được tối đa ở các khoản đó.",
    en="What is not known has earned no points yet, which says nothing of the club; in brackets "
    "the points if all of it were earned.",
)
_CONDITION = Text(vi="Điều kiện", en="Condition")
_KIND = {
    "condition": Text(vi="điều kiện", en="condition"),
    "points": Text(vi="điểm", en="points"),
}


def rules_table(data: ReportData, rules: Rules) -> list[Block]:
    """Make one row a rule, as the workbook has them."""
    language = data.language
    lines = [
        (str(place), rule.label.in_(language), _KIND[rule.kind].in_(language),
         _points(rule.points, data) if rule.points else show.DASH)
        for place, rule in enumerate((*rules.conditions, *rules.scored), start=1)
    ]  # fmt: skip
    heads: list[Head] = [
        NUMBER,
        (Text(vi="Nội dung", en="Rule"), 100, "left"),
        (Text(vi="Loại", en="Kind"), 28, "centre"),
        (Text(vi="Điểm tối đa", en="Most points"), 27, "centre"),
    ]
    return [listing(language, RULES, heads, lines)]


def chosen_table(data: ReportData, found: Shortlist, rules: Rules) -> list[Block]:
    """Make one row a club that is proposed."""
    return _ranked(data, CHOSEN, found.chosen, NOBODY, found, rules)


def others_table(data: ReportData, found: Shortlist, rules: Rules) -> list[Block]:
    """Make one row a club that qualifies and is not among the first."""
    empty = NO_OTHERS if found.chosen else NOBODY
    return _ranked(data, OTHERS, found.others, empty, found, rules)


def _ranked(
    data: ReportData,
    caption: Text,
    clubs: Sequence[Candidate],
    nobody: Text,
    found: Shortlist,
    rules: Rules,
) -> list[Block]:
    language = data.language
    if not clubs:
        return [nobody.in_(language)]
    labels = _labels(rules)
    lines = []
    for each in clubs:
        place = str(each.place)
        if each.shared > 1:
            place = _TIED.in_(language).format(place=each.place, shared=each.shared)
        missing = _named(each.unknown, labels, data)
        if each in found.others and found.may_reach(each):
            missing += f" ({_REACH.in_(language)})"
        lines.append((place, *_club(each, data), _range(each, data), missing or show.DASH))
    heads: list[Head] = [
        (_PLACE, 24, "centre"),
        *_club_heads(data),
        (_POINTS, 22, "centre"),
        (_MISSING, 30, "left"),
    ]
    notes = [_ABOUT.in_(language)] if any(each.unknown for each in clubs) else []
    return [listing(language, caption, heads, lines, notes)]


def _club_heads(data: ReportData) -> list[Head]:
    area = PROVINCES if data.place.level == "country" else COMMUNES
    return [(Text(vi="Mã CLB", en="Code"), 22, "left"), (CLUB, 40, "left"), (area, 27, "left")]


def _club(each: Candidate, data: ReportData) -> tuple[str, str, str]:
    areas = data.areas.provinces if data.place.level == "country" else data.areas.communes
    column = "province_code" if data.place.level == "country" else "commune_code"
    area = areas.get(each.club[column])
    name = area.in_(data.language) if area else show.DASH
    return each.club["club_code"], each.club["name"] or show.DASH, name


def _range(each: Candidate, data: ReportData) -> str:
    text = _points(each.least, data)
    return f"{text}\n({_points(each.most, data)})" if each.most > each.least else text


def _points(points: float, data: ReportData) -> str:
    return number(points, data.language, 1 if points % 1 else 0)


def _labels(rules: Rules) -> dict[str, Rule]:
    return {rule.code: rule for rule in rules.rules}


def _named(codes: Sequence[str], labels: dict[str, Rule], data: ReportData) -> str:
    texts = [labels[code].label.in_(data.language) for code in codes]
    return "; ".join(text[0].lower() + text[1:] for text in texts)


def points_table(data: ReportData, found: Shortlist, rules: Rules) -> list[Block]:
    """Make one row a proposed club with its points for each rule."""
    language = data.language
    if not found.chosen:
        return [NOBODY.in_(language)]
    lines = [
        (str(each.place), each.club["name"] or each.club["club_code"],
         *(_earned(each, rule, data) for rule in rules.scored), _points(each.least, data))
        for each in found.chosen
    ]  # fmt: skip
    width = min(24.0, 150 / max(len(rules.scored), 1))
    heads: list[Head] = [
        (_PLACE, 16, "centre"),
        (CLUB, 60, "left"),
        *((rule.label, width, "centre") for rule in rules.scored),
        (Text(vi="Tổng", en="Total"), 18, "centre"),
    ]
    return [listing(language, POINTS, heads, lines)]


def _earned(each: Candidate, rule: Rule, data: ReportData) -> str:
    points = each.earned[rule.code]
    return data.words(show.NO_DATA) if points is None else number(points, data.language, 1)


def unclear_table(data: ReportData, found: Shortlist, rules: Rules) -> list[Block]:
    """Make one row a club of which a condition is not known."""
    heads: list[Head] = [
        NUMBER,
        *_club_heads(data),
        (_MISSING, 44, "left"),
        (_POINTS, 22, "centre"),
    ]
    if not found.unclear:
        return [data.words(ALL_KNOWN)]
    labels = _labels(rules)
    lines = [
        (str(place), *_club(each, data),
         _named([code for code, met in each.met.items() if met is None], labels, data),
         _range(each, data))
        for place, each in enumerate(found.unclear, start=1)
    ]  # fmt: skip
    return [listing(data.language, UNCLEAR, heads, lines)]


def failed_table(data: ReportData, found: Shortlist, rules: Rules) -> list[Block]:
    """Make one row a club that does not meet a condition, and which; a count for the country."""
    language = data.language
    if not found.failed:
        return [NONE_FAILED.in_(language)]
    labels = _labels(rules)
    if data.place.level == "country":
        return [_by_condition(data, found, rules)]
    lines = [
        (str(place), *_club(each, data), _named(each.failed, labels, data))
        for place, each in enumerate(found.failed, start=1)
    ]
    heads: list[Head] = [NUMBER, *_club_heads(data), (_WHY, 66, "left")]
    return [listing(language, FAILED, heads, lines)]


def _by_condition(data: ReportData, found: Shortlist, rules: Rules) -> Block:
    language = data.language
    lines = []
    for place, rule in enumerate(rules.conditions, start=1):
        clubs = sum(rule.code in each.failed for each in found.failed)
        lines.append(Row((str(place), rule.label.in_(language), count(clubs, language))))
    heads: list[Head] = [
        NUMBER,
        (_CONDITION, 115, "left"),
        (Text(vi="Số CLB", en="Clubs"), 30, "centre"),
    ]
    return listing(language, FAILED, heads, lines)


def awarded_table(data: ReportData, clubs: Sequence[Candidate]) -> list[Block]:
    """Make one row a club that was awarded in the period."""
    language = data.language
    awarded = [each for each in clubs if each.club["awards"]]
    if not awarded:
        return [NOBODY_AWARDED.in_(language)]
    lines = [
        (str(place), *_club(each, data), count(each.club["awards"], language))
        for place, each in enumerate(awarded, start=1)
    ]
    heads: list[Head] = [NUMBER, *_club_heads(data), (Text(vi="Số lần", en="Awards"), 20, "centre")]
    return [listing(language, AWARDED, heads, lines)]
