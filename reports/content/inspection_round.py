"""A round of inspections: how the clubs of an area stand, what most of them lack, what is open."""

from collections.abc import Mapping, Sequence

from connectors.store.labels import read_labels
from programme.problem import Text
from reports.content.data import ReportData
from reports.content.inspections.checklist import Words
from reports.content.inspections.round_rows import TABLES, RoundRows, read_round
from reports.content.inspections.round_tables import (
    areas_table,
    failings_table,
    grades_chart,
    grades_table,
    items_chart,
    items_table,
    long_ago_table,
    never_table,
    overdue_table,
)
from reports.content.listing import count, share
from reports.content.register_rows import open_rows
from reports.content.texts import common_texts
from reports.render import Block

Contents = tuple[Mapping[str, object], Mapping[str, Sequence[Block]]]

NO_VISITS = Text(
    vi="Trong kỳ không có lần kiểm tra nào trên địa bàn.",
    en="No club of the area was visited in the period.",
)
_SEVERAL_RULES = Text(
    vi="Các lần kiểm tra trong kỳ chấm theo nhiều phiên bản bộ tiêu chí ({versions}): điểm và xếp "
    "loại của các phiên bản không hoàn toàn so sánh được với nhau.",
    en="The visits of the period were scored by several versions of the rule set ({versions}), "
    "whose points and grades are not fully comparable.",
)


def contents(data: ReportData) -> Contents:
    """Give the texts and tables of a round of inspections."""
    words = Words(read_labels(data.sources.tables, data.language), data.language)
    below = "province_code" if data.place.level == "country" else "commune_code"
    with open_rows(data, *TABLES) as rows:
        found = read_round(rows, below)
    return common_texts(data) | _texts(data, found), _blocks(data, found, words)


def _texts(data: ReportData, found: RoundRows) -> dict[str, object]:
    language, clubs = data.language, found.clubs
    never = sum(row["last_visit"] is None for row in found.unseen)
    counts = {
        "visits": found.visits["visits"],
        "visits_commune": found.visits["commune"],
        "visits_province": found.visits["province"],
        "visits_centre": found.visits["centre"],
        "clubs_active": clubs["active"],
        "clubs_inspected": clubs["inspected"],
        "clubs_standard": clubs["up_to_standard"],
        "clubs_capped": clubs["capped"],
        "clubs_ended": clubs["inspected_ended"],
        "clubs_never": never,
        "clubs_not_in_period": len(found.unseen) - never,
        **{f"actions_{name}": number for name, number in found.actions.items()},
    }
    versions = ", ".join(found.rulesets)
    return {
        **{name: count(number, language) for name, number in counts.items()},
        "notice": "" if found.visits["visits"] else data.words(NO_VISITS),
        "has_visits": found.visits["visits"] > 0,
        "has_active": clubs["active"] > 0,
        "has_ended": clubs["inspected_ended"] > 0,
        "has_capped": clubs["capped"] > 0,
        "has_overdue": found.actions["overdue"] > 0,
        "has_actions": bool(found.actions["made"] or found.actions["open"]),
        "inspected_share": share(clubs["inspected"], clubs["active"], language),
        "standard_share": share(clubs["up_to_standard"], clubs["inspected"], language),
        "average_score": count(clubs["score"], language, 1),
        "ruleset": versions,
        "rulesets_note": _SEVERAL_RULES.in_(language).format(versions=versions)
        if len(found.rulesets) > 1
        else "",
    }


def _blocks(data: ReportData, found: RoundRows, words: Words) -> dict[str, Sequence[Block]]:
    none = [data.words(NO_VISITS)]
    seen = found.visits["visits"] > 0
    return {
        "grades_table": grades_table(data, found) if seen else none,
        "grades_chart": grades_chart(data, found) if seen else [],
        "areas_table": areas_table(data, found) if seen else none,
        "items_table": items_table(data, found, words) if seen else none,
        "items_chart": items_chart(data, found, words) if seen else [],
        "failings_table": failings_table(data, found, words) if seen else none,
        "overdue_table": overdue_table(data, found, words),
        "never_table": never_table(data, found),
        "long_ago_table": long_ago_table(data, found),
    }
