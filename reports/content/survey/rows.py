"""Who was asked in a year's survey, and what they said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.content.register_rows import RegisterRows
from reports.content.survey.estimate import Person
from reports.content.survey.questions import QUESTIONS

TABLES = ("survey_sample", "survey_weight", "member_survey")
_ASKED = """
SELECT w.*, s.state FROM survey_weight w
JOIN survey_sample s USING (year, sample_code)
JOIN here ON here.club_code = w.club_code CROSS JOIN asked
WHERE w.year BETWEEN year(period_start) AND year(cut_off)
"""
_YEARS = "SELECT DISTINCT year FROM asked_people ORDER BY year"
_STRATA = """
SELECT stratum, count(DISTINCT club_code) AS clubs,
    count(*) FILTER (WHERE state = 'asked') AS asked,
    count(*) FILTER (WHERE outcome = 'interviewed' AND state = 'asked') AS interviewed,
    count(*) FILTER (WHERE outcome = 'refused' AND state = 'asked') AS refused,
    count(*) FILTER (WHERE outcome = 'not_met' AND state = 'asked') AS not_met,
    count(*) FILTER (WHERE outcome = 'out_of_population' AND state = 'asked') AS out_of_it,
    count(*) FILTER (WHERE outcome = 'none' AND state = 'asked') AS waiting,
    count(*) FILTER (WHERE state = 'replaced') AS replaced,
    sum(weight) AS members
FROM asked_people WHERE year = $1 GROUP BY stratum ORDER BY stratum
"""
_SAID = """
SELECT p.stratum, p.club_code, p.weight, p.interview_date, {columns}
FROM asked_people p JOIN member_survey m USING (_source, _id) CROSS JOIN asked
WHERE p.year = $1 AND p.weight IS NOT NULL AND p.interview_date <= cut_off
ORDER BY p.sample_code
"""


@dataclass(frozen=True, slots=True)
class SurveyRows:
    """One year's survey in an area.

    Args:
        year: the last one of the period; None when there was none.
        other_years: earlier ones of the period.
        strata: outcomes by stratum.
        people: who was interviewed.
        clubs: clubs in operation at the cut-off.
        first, last: days of the interviews.
    """

    year: int | None
    other_years: Sequence[int]
    strata: Sequence[Mapping[str, Any]]
    people: Sequence[Person]
    clubs: int
    first: Any = None
    last: Any = None
    wishes: int = 0

    def total(self, name: str) -> int:
        """Add up a count over all strata."""
        return sum(row[name] or 0 for row in self.strata)


def read_survey(rows: RegisterRows) -> SurveyRows:
    """Read the last survey of the period."""
    rows.keep("asked_people", _ASKED)
    years = [row["year"] for row in rows.rows(_YEARS)]
    clubs = rows.row("SELECT count(*) AS clubs FROM here WHERE active")["clubs"]
    if not years:
        return SurveyRows(None, (), (), (), clubs)
    *others, year = years
    questions = [*(question.code for question in QUESTIONS), "sex", "age_band"]
    columns = ", ".join(f"m.{code}" for code in questions)
    said = rows.rows(_SAID.format(columns=f"{columns}, m.wish IS NOT NULL AS wished"), [year])
    days = [row["interview_date"] for row in said]
    people = [_person(row, questions) for row in said]
    strata = rows.rows(_STRATA, [year])
    return SurveyRows(
        year,
        others,
        strata,
        people,
        clubs,
        min(days, default=None),
        max(days, default=None),
        sum(row["wished"] for row in said),
    )


def _person(row: Mapping[str, Any], questions: Sequence[str]) -> Person:
    answers = {
        code: tuple(row[code]) if isinstance(row[code], list) else row[code] for code in questions
    }
    return Person(
        row["stratum"],
        row["club_code"],
        float(row["weight"]),
        answers,
    )
