"""Where there is no club yet: communes by kind of area and province, villages where known."""

from collections.abc import Mapping, Sequence

from reports.content.coverage.rows import TABLES, UNCLASSIFIED, CoverageRows, read_coverage
from reports.content.coverage.tables import (
    communes_table,
    kinds_table,
    known_villages,
    provinces_map,
    provinces_table,
    villages_known,
    villages_table,
)
from reports.content.data import ReportData
from reports.content.listing import count, share
from reports.content.register_rows import open_rows
from reports.content.texts import common_texts
from reports.render import Block

Contents = tuple[Mapping[str, object], Mapping[str, Sequence[Block]]]


def contents(data: ReportData) -> Contents:
    """Give the texts and tables of where there is no club."""
    with open_rows(data, *TABLES) as rows:
        found = read_coverage(data, rows)
    country = data.place.level == "country"
    blocks: dict[str, Sequence[Block]] = {
        "kinds_table": kinds_table(data, found),
        "provinces_table": provinces_table(data, found) if country else [],
        "provinces_map": provinces_map(data, found) if country else [],
        "communes_table": communes_table(data, found),
        "villages_table": villages_table(data, found),
    }
    return common_texts(data) | _texts(data, found), blocks


def _texts(data: ReportData, found: CoverageRows) -> dict[str, object]:
    language, without = data.language, found.without
    unknown = [each for each in found.communes if each.kind == UNCLASSIFIED]
    villages, of_communes = known_villages(found, data)
    return {
        "notice": "",
        "is_country": data.place.level == "country",
        "is_commune": data.place.level == "commune",
        "communes_all": count(len(found.communes), language),
        "communes_without": count(len(without), language),
        "communes_with": count(len(found.communes) - len(without), language),
        "communes_share": share(len(found.communes) - len(without), len(found.communes), language),
        "has_without": bool(without),
        "communes_unclassified": count(len(unknown), language),
        "without_unclassified": count(sum(not each.clubs for each in unknown), language),
        "has_unclassified": bool(unknown),
        "only_ended": count(sum(each.ended > 0 for each in without), language),
        "has_only_ended": any(each.ended for each in without),
        "has_villages": bool(found.villages),
        "villages_without": villages_known(found, data),
        "has_official": any(each.villages is not None for each in found.communes),
        "villages_official": villages,
        "villages_communes": of_communes,
    }
