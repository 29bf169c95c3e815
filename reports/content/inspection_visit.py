"""The report of one visit of a club, which the inspection team hands to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from connectors.store.labels import read_labels
from programme.numbers import number
from programme.problem import Text
from programme.text import first_lower
from programme.word.tables import TableContent
from programme.word.text_field import TextField
from reports.content import show
from reports.content.data import ReportData
from reports.content.head import head_texts
from reports.content.inspections.checklist import FORM, NOT_UP, UP, Words
from reports.content.inspections.photos import photo_blocks
from reports.content.inspections.recommendations import (
    earlier_recommendations,
    new_recommendations,
)
from reports.content.inspections.visit_items import items_table, points_table
from reports.content.inspections.visit_rows import TABLES, VisitRows, read_visit
from reports.content.listing import NUMBER, Heads, count, day, listing
from reports.content.register_rows import open_rows
from reports.content.texts import common_texts
from reports.place import country, place_of
from reports.render import Block

Contents = tuple[Mapping[str, object], Mapping[str, Sequence[Block]]]

OTHERS = Text(vi="Các lần kiểm tra khác trong kỳ", en="Other visits in the period")
NO_VISIT = Text(
    vi="Trong kỳ không có lần kiểm tra nào của câu lạc bộ.",
    en="The club was not visited in the period.",
)
ONLY_ONE = Text(
    vi="Trong kỳ không có lần kiểm tra nào khác của câu lạc bộ.",
    en="There was no other visit of the club in the period.",
)
NO_FAILING = Text(vi="không có", en="none")
_HOW_MANY = Text(
    vi="Trong kỳ có {count} lần kiểm tra câu lạc bộ; báo cáo này là của lần ngày {day}, các lần "
    "khác nêu ở mục VII.",
    en="The club was visited {count} times in the period; this report is of the visit on {day}, "
    "the others are in section VII.",
)
_BEFORE = Text(
    vi="Lần kiểm tra trước (ngày {day}): {score} điểm, xếp loại {grade}.",
    en="The visit before, on {day}: {score} points, grade {grade}.",
)
_OTHER_RULES = Text(
    vi="Hai lần chấm theo hai phiên bản bộ tiêu chí khác nhau ({now} và {then}) nên không so sánh "
    "điểm.",
    en="The two were scored by different versions of the rule set ({now} and {then}), so that the "
    "points are not comparable.",
)
_BY_POINTS = Text(
    vi="So với lần trước, tổng điểm {moved} điểm.",
    en="Against the visit before, the score {moved}.",
)
_RISEN = Text(vi="tăng {points}", en="rose by {points} points")
_FALLEN = Text(vi="giảm {points}", en="fell by {points} points")
_LEVELS: Heads = (
    (Text(vi="Ngày kiểm tra", en="Day of the visit"), 32, "centre"),
    (Text(vi="Đoàn", en="Team"), 40, "left"),
    (Text(vi="Tổng điểm", en="Score"), 25, "centre"),
    (Text(vi="Xếp loại", en="Grade"), 32, "centre"),
    (Text(vi="Đạt chuẩn", en="Up to standard"), 26, "centre"),
)


def contents(data: ReportData) -> Contents:
    """Give the texts and tables of the last visit of the period."""
    labels = read_labels(data.sources.tables, data.language)
    words = Words(labels, data.language, data.public)
    with open_rows(data, *TABLES) as rows:
        found = read_visit(rows)
    values = (
        common_texts(data)
        | _issued_by(data, found)
        | {
            "has_visit": found.visit is not None,
            "no_visit": data.words(NO_VISIT),
            "commune": data.areas.label(data.place.commune, data.language),
            "province": data.areas.label(data.place.province, data.language),
        }
    )
    if found.visit is None:
        return values | _nothing(found, words), dict.fromkeys(BLOCKS, ())
    return values | _texts(found, words), _blocks(data, found, words)


def _issued_by(data: ReportData, found: VisitRows) -> dict[str, object]:
    """Give the head block of the body that sent the team: it hands the report to the club."""
    level = found.visit["level"] if found.visit else "province"
    areas, place = data.areas, data.place
    if level == "centre":
        sender = country()
    else:
        code = place.commune if level == "commune" else place.province
        sender = place_of((areas.communes if level == "commune" else areas.provinces)[code], areas)
    head = head_texts(replace(data, place=sender))
    return {name: text for name, text in head.items() if not name.startswith("area")}


BLOCKS = (
    *("points_table", "items_table", "earlier_actions", "new_actions", "photos", "other_visits"),
    "club_answer",
)
TEXTS = (
    *("visit_date", "team_level", "filled_by", "score", "grade", "standard", "ruleset", "failings"),
    *("capped", "compared"),
)


def _nothing(found: VisitRows, words: Words) -> dict[str, object]:
    return {
        **dict.fromkeys(TEXTS, show.DASH),
        "capped": False,
        "compared": _before(found, words),
        "notice": "",
    }


def _texts(found: VisitRows, words: Words) -> dict[str, object]:
    visit, language = found.visit or {}, words.language
    seen = day(visit["visit_date"], language)
    several = len(found.others) + 1
    chosen = (words.choice("critical_failing", each) for each in visit["critical_failing"] or ())
    failings = [first_lower(each) for each in chosen]
    return {
        "visit_date": seen,
        "team_level": first_lower(words.choice("team_level", visit["level"])),
        "filled_by": first_lower(words.choice("reporter_role", visit["reporter_role"])),
        "score": count(visit["score"], language, 1),
        "grade": words.grade(visit["grade"]).lower(),
        "standard": (UP if visit["up_to_standard"] else NOT_UP).in_(language),
        "ruleset": visit["ruleset"] or show.DASH,
        "failings": "; ".join(failings) or NO_FAILING.in_(language),
        "capped": bool(visit["score_for_grade"] and visit["score_for_grade"] < visit["score"]),
        "compared": _before(found, words),
        "notice": _HOW_MANY.in_(language).format(count=several, day=seen) if several > 1 else "",
    }


def _before(found: VisitRows, words: Words) -> str:
    before, visit, language = found.before, found.visit, words.language
    if before is None:
        return ""
    parts = [
        _BEFORE.in_(language).format(
            day=day(before["visit_date"], language),
            score=count(before["score"], language, 1),
            grade=words.grade(before["grade"]).lower(),
        )
    ]
    if visit is not None and visit["ruleset"] != before["ruleset"]:
        versions = {"now": visit["ruleset"], "then": before["ruleset"]}
        parts.append(_OTHER_RULES.in_(language).format(**versions))
    elif visit is not None and (apart := _apart(visit["score"], before["score"])):
        moved = (_RISEN if apart > 0 else _FALLEN).in_(language)
        points = moved.format(points=number(abs(apart), language, 1))
        parts.append(_BY_POINTS.in_(language).format(moved=points))
    return " ".join(parts)


def _apart(now: Decimal | None, then: Decimal | None) -> Decimal:
    return Decimal(0) if now is None or then is None else now - then


def _blocks(data: ReportData, found: VisitRows, words: Words) -> dict[str, Sequence[Block]]:
    # names of files stand with the names of people, the club's code as the registers have it
    photos = found.photos | {"club": (found.visit or {})["club_code"]}
    return {
        "points_table": [points_table(found, data.language)],
        "items_table": [items_table(found, words)],
        "earlier_actions": earlier_recommendations(found, words, public=data.public),
        "new_actions": new_recommendations(found, words, public=data.public),
        "photos": photo_blocks(data.sources.folder, photos, data.language, public=data.public),
        "other_visits": [_others(found, words)] if found.others else [data.words(ONLY_ONE)],
        "club_answer": [_answer(data)],
    }


_ANSWER = Text(vi="Ý kiến của câu lạc bộ", en="What the club says")
_ANSWER_HINT = Text(
    vi="(câu lạc bộ ghi ý kiến về kết quả kiểm tra, không ghi tên người)",
    en="(the club writes what it thinks of the results and names nobody)",
)


def _answer(data: ReportData) -> TextField:
    known = tuple(data.texts.get("club_answer", ()))
    return TextField("club_answer", data.words(_ANSWER), known, data.words(_ANSWER_HINT), 3)


def _others(found: VisitRows, words: Words) -> TableContent:
    lines = [
        [
            str(place),
            day(row["visit_date"], words.language),
            words.labels.choice(FORM, "team_level", row["level"]),
            count(row["score"], words.language, 1),
            words.grade(row["grade"]),
            words.yes(row["up_to_standard"]),
        ]
        for place, row in enumerate(found.others, start=1)
    ]
    return listing(words.language, OTHERS, [NUMBER, *_LEVELS], lines)
