"""The award shortlist: clubs ranked by rules in a workbook, with ties and what is not known."""

from collections.abc import Mapping, Sequence

from programme.numbers import number
from reports.content.awards.ranking import Shortlist, shortlist
from reports.content.awards.rows import TABLES, read_candidates
from reports.content.awards.rules import Rules, load_rules
from reports.content.awards.tables import (
    awarded_table,
    chosen_table,
    failed_table,
    others_table,
    points_table,
    rules_table,
    unclear_table,
)
from reports.content.data import ReportData
from reports.content.listing import count
from reports.content.register_rows import open_rows
from reports.content.texts import common_texts
from reports.render import Block

Contents = tuple[Mapping[str, object], Mapping[str, Sequence[Block]]]


def contents(data: ReportData) -> Contents:
    """Give the texts and tables of the award shortlist."""
    rules = load_rules(data.sources.folder.awards)
    with open_rows(data, *TABLES) as rows:
        clubs = read_candidates(rows, rules)
    found = shortlist(clubs, rules)
    everybody = [*found.chosen, *found.others, *found.unclear, *found.failed]
    everybody.sort(key=lambda each: each.club["club_code"])
    blocks: dict[str, Sequence[Block]] = {
        "rules_table": rules_table(data, rules),
        "chosen_table": chosen_table(data, found, rules),
        "points_table": points_table(data, found, rules),
        "others_table": others_table(data, found, rules),
        "unclear_table": unclear_table(data, found, rules),
        "failed_table": failed_table(data, found, rules),
        "awarded_table": awarded_table(data, everybody),
    }
    return common_texts(data) | _texts(data, found, rules), blocks


def _texts(data: ReportData, found: Shortlist, rules: Rules) -> dict[str, object]:
    language = data.language
    groups = (found.chosen, found.others, found.unclear, found.failed)
    tied = found.chosen[-1].shared if found.chosen else 0
    return {
        "notice": "",
        "has_candidates": any(groups),
        "has_chosen": bool(found.chosen),
        "clubs_considered": count(sum(len(group) for group in groups), language),
        "clubs_chosen": count(len(found.chosen), language),
        "clubs_others": count(len(found.others), language),
        "clubs_unclear": count(len(found.unclear), language),
        "clubs_failed": count(len(found.failed), language),
        "places": count(rules.places, language),
        "most_points": number(rules.most, language),
        "more_than_places": len(found.chosen) > rules.places,
        "tied_at_end": count(tied, language),
        "clubs_may_reach": count(sum(found.may_reach(each) for each in found.others), language),
        "some_may_reach": any(found.may_reach(each) for each in found.others),
    }
