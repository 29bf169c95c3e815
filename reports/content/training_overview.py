"""Training overview: who was trained where, in what and at what cost; which boards were not."""

from collections.abc import Mapping, Sequence

from connectors.store.labels import read_labels
from programme.problem import Text
from reports.content import show
from reports.content.data import ReportData
from reports.content.listing import count, share
from reports.content.register_rows import open_rows
from reports.content.texts import common_texts
from reports.content.trainings.rows import TABLES, TrainingRows, read_trainings
from reports.content.trainings.tables import (
    NONE,
    boards_table,
    costs_table,
    levels_table,
    officials_table,
    people_table,
    places_table,
    regions_table,
    themes_chart,
    themes_table,
    untrained_table,
    years_table,
)
from reports.indicators.definitions import Region
from reports.render import Block

Contents = tuple[Mapping[str, object], Mapping[str, Sequence[Block]]]

_IN_REGION = Text(
    vi="{area} thuộc vùng ưu tiên tập huấn: {region}.",
    en="{area} belongs to a priority region of training: {region}.",
)
_IN_NONE = Text(
    vi="{area} không thuộc vùng ưu tiên tập huấn nào trong danh mục của chương trình.",
    en="{area} is in none of the priority regions of the programme's list.",
)


def contents(data: ReportData) -> Contents:
    """Give the texts and tables of the training overview."""
    labels = read_labels(data.sources.tables, data.language)
    priority = [region for region in data.definitions.regions if region.priority]
    country = data.place.level == "country"
    with open_rows(data, *TABLES) as rows:
        found = read_trainings(rows, "province_code" if country else "commune_code")
    regions = regions_table(data, found, priority) if country else [_region(data, priority)]
    blocks: dict[str, Sequence[Block]] = {
        "people_table": people_table(data, found),
        "levels_table": levels_table(data, found, labels),
        "years_table": years_table(data, found, labels),
        "themes_table": themes_table(data, found, labels),
        "themes_chart": themes_chart(data, found, labels),
        "regions_table": regions,
        "places_table": places_table(data, found) if country else [],
        "officials_table": officials_table(data, found, labels),
        "costs_table": costs_table(data, found, labels),
        "boards_table": boards_table(data, found),
        "untrained_table": untrained_table(data, found),
    }
    return common_texts(data) | _texts(data, found), blocks


def _texts(data: ReportData, found: TrainingRows) -> dict[str, object]:
    language, total, boards = data.language, found.total, found.boards
    cost, days = total["cost"], total["paid_days"]
    a_day = float(cost) / float(days) if cost is not None and days else None
    return {
        "notice": "" if total["sessions"] else data.words(NONE),
        "has_trainings": total["sessions"] > 0,
        "has_boards": boards["seats"] > 0,
        "has_cost": cost is not None,
        "has_untrained": bool(found.untrained),
        "sessions": count(total["sessions"], language),
        "sessions_initial": count(total["initial"], language),
        "sessions_refresher": count(total["refresher"], language),
        "sessions_without_cost": count(total["without_cost"], language),
        "some_without_cost": total["without_cost"] > 0,
        "takers": count(total["participants"], language),
        "takers_women": share(total["women"], total["participants"], language),
        "training_days": count(total["days"], language),
        "cost": show.DASH if cost is None else count(cost, language),
        "cost_a_day": show.DASH if a_day is None else count(round(a_day), language),
        "board_seats": count(boards["seats"], language),
        "board_initial": count(boards["initial"], language),
        "board_initial_share": share(boards["initial"], boards["seats"], language),
        "board_refresher": count(boards["refresher"], language),
        "board_refresher_share": share(boards["refresher"], boards["seats"], language),
        "untrained_clubs": count(len(found.untrained), language),
    }


def _region(data: ReportData, priority: Sequence[Region]) -> str:
    inside = [region for region in priority if data.place.province in region.provinces]
    province = data.areas.provinces[data.place.province].in_(data.language)
    text = data.words(_IN_REGION if inside else _IN_NONE)
    regions = ", ".join(data.words(region.label) for region in inside)
    return text.format(area=province, region=regions)
