"""Results of the yearly member survey: estimates with margins, and how many answered."""

from collections.abc import Mapping, Sequence

from connectors.store.labels import read_labels
from programme.problem import Text
from reports.content.data import ReportData
from reports.content.listing import count, day, share
from reports.content.register_rows import open_rows
from reports.content.survey.rows import TABLES, SurveyRows, read_survey
from reports.content.survey.tables import (
    groups_table,
    main_chart,
    response_table,
    results_table,
)
from reports.content.texts import common_texts
from reports.render import Block

Contents = tuple[Mapping[str, object], Mapping[str, Sequence[Block]]]

_OTHERS = Text(
    vi="Trong kỳ còn có khảo sát của năm {years}; báo cáo này là của năm {year}.",
    en="There were surveys of {years} in the period too; this report is of {year}.",
)


def contents(data: ReportData) -> Contents:
    """Give the texts and tables of the last survey of the period."""
    labels = read_labels(data.sources.tables, data.language)
    with open_rows(data, *TABLES) as rows:
        found = read_survey(rows)
    blocks: dict[str, Sequence[Block]] = {
        "response_table": response_table(data, found),
        "results_table": results_table(data, found, labels),
        "groups_table": groups_table(data, found),
        "main_chart": main_chart(data, found),
    }
    return common_texts(data) | _texts(data, found), blocks


def _texts(data: ReportData, found: SurveyRows) -> dict[str, object]:
    language = data.language
    chosen, gone = found.total("asked"), found.total("out_of_it")
    others = ", ".join(str(year) for year in found.other_years)
    return {
        "has_survey": found.year is not None,
        "has_interviews": bool(found.people),
        "survey_year": str(found.year or ""),
        "other_surveys": data.words(_OTHERS).format(years=others, year=found.year)
        if others
        else "",
        "interviews": count(len(found.people), language),
        "chosen": count(chosen, language),
        "refused": count(found.total("refused"), language),
        "not_met": count(found.total("not_met"), language),
        "no_form": count(found.total("waiting"), language),
        "gone": count(gone, language),
        "response": share(found.total("interviewed"), chosen - gone, language),
        "sample_clubs": count(found.total("clubs"), language),
        "clubs_active": count(found.clubs, language),
        "members_meant": count(round(sum(each.weight for each in found.people)), language),
        "first_interview": day(found.first, language),
        "last_interview": day(found.last, language),
        "wishes": count(found.wishes, language),
        "has_wishes": found.wishes > 0,
        "survey_least": count(data.definitions.survey_least, language),
        "survey_confidence": count(data.definitions.survey_confidence, language),
    }
