"""Data quality: what the checks found, how complete the data are, what was left out."""

from collections.abc import Mapping, Sequence

from reports.content.data import ReportData
from reports.content.data_state.pulls import Source, pulls_table, sources
from reports.content.data_state.rows import TABLES, QualityRows, read_quality
from reports.content.data_state.tables import (
    ages_table,
    areas_table,
    checks_table,
    left_out_table,
    months_chart,
    months_table,
    states_table,
)
from reports.content.listing import count, day, share
from reports.content.register_rows import open_rows
from reports.content.texts import common_texts
from reports.render import Block

Contents = tuple[Mapping[str, object], Mapping[str, Sequence[Block]]]


def contents(data: ReportData) -> Contents:
    """Give the texts and tables of the data quality report."""
    below = "province_code" if data.place.level == "country" else "commune_code"
    with open_rows(data, *TABLES) as rows:
        found = read_quality(rows, below)
    pulled = sources(data)
    blocks: dict[str, Sequence[Block]] = {
        "states_table": states_table(data, found),
        "checks_table": checks_table(data, found),
        "areas_table": areas_table(data, found),
        "ages_table": ages_table(data, found),
        "months_table": months_table(data, found),
        "months_chart": months_chart(data, found),
        "left_out_table": left_out_table(data, found),
        "pulls_table": pulls_table(data, pulled),
    }
    return common_texts(data) | _texts(data, found, pulled), blocks


def _texts(data: ReportData, found: QualityRows, pulled: Sequence[Source]) -> dict[str, object]:
    language, total = data.language, found.total
    expected = sum(row["expected"] for row in found.months)
    received = sum(row["received"] for row in found.months)
    errors = sum(row["total"] for row in found.ages if row["severity"] == "error")
    proven = sum(each.proven is not None for each in pulled)
    return {
        "notice": "",
        "has_checks": found.runs > 0,
        "has_findings": bool(found.checks),
        "has_due": expected > 0,
        "checked_on": day(found.checked_on, language),
        "open_findings": count(total["open"], language),
        "open_errors": count(errors, language),
        "open_clubs": count(total["clubs"], language),
        "mended_findings": count(total["mended"], language),
        "waived_findings": count(total["waived"], language),
        "oldest_finding": count(total["oldest"], language),
        "due_reports": count(expected, language),
        "received_reports": count(received, language),
        "missing_reports": count(expected - received, language),
        "received_share": share(received, expected, language),
        "proven_sources": count(proven, language),
        "all_sources": count(len(pulled), language),
        "misfits": count(found.beside["misfits"], language),
        "unknown_answers": count(found.beside["unknown"], language),
        "unclear_places": count(found.beside["unclear"], language),
    }
