"""The items of a visit: what was found, what the club had reported, points."""

from collections.abc import Iterator
from typing import Any

from programme.numbers import money, number
from programme.problem import Language, Text
from programme.word.tables import Row, TableContent
from reports.content import show
from reports.content.inspections.checklist import AREAS, BOOKS, SECTIONS, Words
from reports.content.inspections.visit_rows import VisitRows
from reports.content.listing import NUMBER, SHARE, Heads, count, listing, share

ITEMS = Text(vi="Kết quả từng nội dung kiểm tra", en="Results by item of the checklist")
POINTS = Text(vi="Điểm theo từng phần của phiếu", en="Points by part of the checklist")
_ITEM = Text(vi="Nội dung", en="Item")
_FOUND = Text(vi="Kết quả kiểm tra", en="Found at the visit")
_REPORTED = Text(vi="CLB đã báo cáo", en="Reported by the club")
_POINTS = Text(vi="Điểm/ tối đa", en="Points/ most")
_BANDS = {
    "figures": Text(vi="Số liệu đối chiếu", en="Figures compared"),
    "areas": Text(
        vi="8 mảng hoạt động, kiến thức số và chuyển đổi xanh", en="The 8 areas, digital and green"
    ),
    "running": Text(vi="Tổ chức và quản lý", en="Organisation and management"),
    "books": Text(vi="Sổ sách được ghi đầy đủ", en="Books that are kept properly"),
}
_SAME = Text(vi="khớp", en="agrees")
_APART = Text(vi="lệch {amount}", en="differs by {amount}")
_MONTHS = Text(vi="{done}/{months} tháng có báo cáo", en="{done} of {months} months reported")
_EVIDENCE = Text(vi="có minh chứng", en="evidence seen")
_MEMBERS = Text(vi="Số thành viên theo sổ của CLB", en="Members by the club's own book")
_CASH = Text(vi="Tiền mặt quỹ tăng thu nhập đếm được", en="Income fund cash counted")
_BOARD = Text(vi="Số người trong Ban Chủ nhiệm", en="Board members")
_LOANS = Text(vi="Khoản vay đối chiếu với người vay", en="Loans checked with those who borrowed")
_CONFIRMED = Text(
    vi="{confirmed}/{asked} khoản đúng cả số tiền và ngày",
    en="{confirmed} of {asked} right in sum and date",
)
_FEW = 5  # debts of so few are not for everybody
_ASKED = Text(vi="có đối chiếu", en="some checked")
_NOT_ASKED = Text(vi="không đối chiếu", en="none checked")
_NOTES = (
    Text(
        vi="CLB đã báo cáo: danh sách thành viên và Ban Chủ nhiệm vào ngày kiểm tra; tiền mặt, "
        "quỹ, tình nguyện viên theo báo cáo gần nhất trước ngày kiểm tra; số tháng tính trong 12 "
        "tháng trước tháng kiểm tra. Dấu – là không có số liệu, không phải số 0.",
        en="Reported by the club: members and board as listed on the day of the visit; cash, fund "
        "and volunteers by the last report before it; months within the 12 months before the month "
        "of the visit. A dash is no figure, not 0.",
    ),
)
_OTHER_RULES = Text(
    vi="Điểm tối đa không nêu được: lần kiểm tra này chấm theo bộ tiêu chí phiên bản khác.",
    en="Maximum points cannot be given: the visit was scored by another version of the rule set.",
)


def points_table(found: VisitRows, language: Language) -> TableContent:
    """Make one row a part of the checklist: points, the most there are, and their share."""
    assert found.visit is not None
    norms = found.norms if _same_rules(found) else None
    lines = []
    for place, (code, label) in enumerate(SECTIONS, start=1):
        points, most = found.visit.get(f"points_{code}"), norms.weight(code) if norms else None
        lines.append((str(place), label.in_(language), *_points(points, most, language)))
    total = _points(found.visit["score"], 100 if norms else None, language)
    heads: Heads = (
        NUMBER,
        (_ITEM, 90, "left"),
        (Text(vi="Điểm", en="Points"), 20, "centre"),
        (Text(vi="Tối đa", en="Most"), 20, "centre"),
        (SHARE, 25, "centre"),
    )
    whole = Row(("", _TOTAL.in_(language), *total), bold=True)
    notes = [] if norms else [_OTHER_RULES.in_(language)]
    return listing(language, POINTS, heads, [*lines, whole], notes)


_TOTAL = Text(vi="Tổng điểm", en="Total")


def _points(points: Any, most: float | None, language: Language) -> tuple[str, str, str]:
    return (
        count(points, language, 1),
        count(most, language, 1 if most and most % 1 else 0),
        share(points, most, language),
    )


def _same_rules(found: VisitRows) -> bool:
    assert found.visit is not None
    return bool(found.norms.ruleset) and found.visit["ruleset"] == found.norms.ruleset


def items_table(found: VisitRows, words: Words) -> TableContent:
    """Make one row an item: found, reported, points."""
    language = words.language
    lines: list[Row] = []
    bands = (("figures", _figures), ("areas", _areas), ("running", _running), ("books", _books))
    place = 0
    for band, make in bands:
        lines.append(Row((_BANDS[band].in_(language),), band=True))
        for item, *cells in make(found, words):
            place += 1
            lines.append(Row((str(place), item, *cells)))
    heads: Heads = (
        NUMBER,
        (_ITEM, 58, "left"),
        (_FOUND, 40, "left"),
        (_REPORTED, 38, "left"),
        (_POINTS, 19, "centre"),
    )
    return listing(language, ITEMS, heads, lines, [note.in_(language) for note in _NOTES])


Cells = tuple[str, str, str, str]


def _figures(found: VisitRows, words: Words) -> Iterator[Cells]:
    language, said = words.language, found.reported
    visit = found.visit or {}
    listed = said["listed"] + (said["unlisted"] or 0)
    for label, counted, known, write in (
        (_MEMBERS, visit["found_members"], listed or None, number),
        (_CASH, visit["found_cash"], said["cash"], money),
    ):
        shown = count(None, language) if known is None else write(known, language)
        if known is not None and counted is not None:
            shown += f" ({_compared(counted - known, language, write)})"
        seen = count(None, language) if counted is None else write(counted, language)
        yield label.in_(language), seen, shown, show.DASH
    yield _LOANS.in_(language), _loans(found, words), show.DASH, show.DASH


def _loans(found: VisitRows, words: Words) -> str:
    if not found.loans["asked"]:
        return _NOT_ASKED.in_(words.language)
    if words.public and found.loans["asked"] < _FEW:
        return _ASKED.in_(words.language)
    return _CONFIRMED.in_(words.language).format(**found.loans)


def _compared(apart: int, language: Language, write: Any) -> str:
    if not apart:
        return _SAME.in_(language)
    amount = ("+" if apart > 0 else "−") + write(abs(apart), language)
    return _APART.in_(language).format(amount=amount)


def _areas(found: VisitRows, words: Words) -> Iterator[Cells]:
    language, visit = words.language, found.visit or {}
    weight = found.norms.weight("areas") if _same_rules(found) else None
    seen = visit["evidence_seen"] or ()
    for area in AREAS:
        answer = visit[f"state_{area}"]
        text = words.choice(f"state_{area}", answer)
        if area in seen:
            text += f" ({_EVIDENCE.in_(language)})"
        yield (
            words.item(f"state_{area}"),
            text,
            _months(found, found.reported[f"done_{area}"], language),
            _part(weight, found.norms.worth(answer), len(AREAS), language),
        )


def _months(found: VisitRows, done: int, language: Language) -> str:
    months = found.reported["months"]
    return _MONTHS.in_(language).format(done=done, months=months) if months else show.DASH


def _part(weight: float | None, worth: float | None, parts: int, language: Language) -> str:
    if weight is None or worth is None:
        return show.DASH
    most = weight / parts
    return f"{number(most * worth, language, 1)}/{number(most, language, 1)}"


def _running(found: VisitRows, words: Words) -> Iterator[Cells]:
    visit, said, language = found.visit or {}, found.reported, words.language
    plain = {
        "meetings_12m": (visit["meetings_12m"], _months(found, said["meetings"], language)),
        "board_trained_initial": (
            f"{count(visit['board_trained_initial'], language)}/"
            f"{count(visit['board_count'], language)}",
            count(said["initial"], language),
        ),
        "board_trained_refresher": (
            f"{count(visit['board_trained_refresher'], language)}/"
            f"{count(visit['board_count'], language)}",
            count(said["refresher"], language),
        ),
        "volunteers_count": (visit["volunteers_count"], count(said["volunteers"], language)),
        "fund_50m": (
            words.choice("fund_50m", visit["fund_50m"]),
            show.DASH if said["fund"] is None else money(said["fund"], language),
        ),
    }
    yield (
        words.item("composition"),
        words.choice("composition", visit["composition"]),
        show.DASH,
        _scored(found, "composition", language),
    )
    yield (
        _BOARD.in_(language),
        count(visit["board_count"], language),
        count(said["board"] or None, language),
        show.DASH,
    )
    for code, (seen, reported) in plain.items():
        section = _SECTION_OF[code]
        points = _scored(found, section, language) if section else show.DASH
        text = seen if isinstance(seen, str) else count(seen, language)
        yield words.item(code), text, reported, points
    for code, section in (("run_by_rules", "rules"), ("yearly_plan", "plan")):
        points = _scored(found, section, language)
        yield words.item(code), words.choice(code, visit[code]), show.DASH, points


_SECTION_OF = {
    "meetings_12m": "meetings",
    "board_trained_initial": "board",
    "board_trained_refresher": "",  # both make one part of the score
    "volunteers_count": "volunteers",
    "fund_50m": "fund",
}


def _scored(found: VisitRows, section: str, language: Language) -> str:
    assert found.visit is not None
    points = found.visit[f"points_{section}"]
    most = found.norms.weight(section) if _same_rules(found) else None
    if points is None:
        return show.DASH
    return f"{number(points, language, 1)}/{count(most, language, 1)}"


def _books(found: VisitRows, words: Words) -> Iterator[Cells]:
    language, visit = words.language, found.visit or {}
    weight = found.norms.weight("books") if _same_rules(found) else None
    kept = visit["books_kept"] or ()
    for book in BOOKS:
        yield (
            words.choice("books_kept", book),
            words.yes(book in kept),
            show.DASH,
            _part(weight, float(book in kept), len(BOOKS), language),
        )
