"""What is known of the visits of an area in a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.content.inspections.checklist import Norms, failed_sql, read_norms
from reports.content.register_rows import RegisterRows

TABLES = ("inspection", "action", "norm", "inspection_checklist__follow_up")
# the last visit of each club in the period tells how the club stands
_KEPT = {
    "visits": """
        SELECT inspection.*, province_code, commune_code, active FROM inspection
        JOIN here USING (club_code) CROSS JOIN asked
        WHERE visit_date BETWEEN period_start AND cut_off
    """,
    "latest": """
        SELECT * FROM visits QUALIFY row_number() OVER (
            PARTITION BY club_code
            ORDER BY visit_date DESC, list_position(['commune', 'province', 'centre'], level) DESC,
                _root_uuid
        ) = 1
    """,
    # as it stood at the cut-off: what later visits said does not count
    "actions": """
        WITH said AS (
            SELECT f.follow_action AS action_code,
                arg_max(f.follow_state, (i.visit_date, i._root_uuid, f._row)) AS state
            FROM inspection_checklist__follow_up f
            JOIN inspection i USING (_source, _id) CROSS JOIN asked
            WHERE i.visit_date <= cut_off AND f.follow_state IS NOT NULL
            GROUP BY f.follow_action
        )
        SELECT action.action_code, action.club_code, action.visit_date, action.by_date,
            coalesce(said.state, 'not') AS state,
            coalesce(said.state, 'not') <> 'done' AS open,
            action.visit_date >= period_start AS made_in_period,
            here.name, here.province_code, here.commune_code
        FROM action JOIN here USING (club_code) CROSS JOIN asked
        LEFT JOIN said USING (action_code)
        WHERE action.visit_date <= cut_off
    """,
}
_CLUBS = """
SELECT
    count(*) AS clubs, count(*) FILTER (WHERE here.active) AS active,
    count(*) FILTER (WHERE here.active AND latest.club_code IS NOT NULL) AS inspected,
    count(*) FILTER (WHERE NOT here.active AND latest.club_code IS NOT NULL) AS inspected_ended,
    count(*) FILTER (WHERE here.active AND up_to_standard) AS up_to_standard,
    avg(score) FILTER (WHERE here.active) AS score,
    count(*) FILTER (WHERE here.active AND score_for_grade < score) AS capped
FROM here LEFT JOIN latest USING (club_code)
"""
_VISITS = """
SELECT count(*) AS visits, count(DISTINCT club_code) AS clubs,
    count(*) FILTER (WHERE level = 'commune') AS commune,
    count(*) FILTER (WHERE level = 'province') AS province,
    count(*) FILTER (WHERE level = 'centre') AS centre
FROM visits
"""
_BY_AREA = """
SELECT here.{column} AS code, count(*) FILTER (WHERE here.active) AS clubs,
    count(*) FILTER (WHERE here.active AND latest.club_code IS NOT NULL) AS inspected,
    count(*) FILTER (WHERE here.active AND grade = 'very_strong') AS very_strong,
    count(*) FILTER (WHERE here.active AND grade = 'strong') AS strong,
    count(*) FILTER (WHERE here.active AND grade = 'average') AS average,
    count(*) FILTER (WHERE here.active AND grade = 'weak') AS weak,
    count(*) FILTER (WHERE here.active AND up_to_standard) AS up_to_standard,
    avg(score) FILTER (WHERE here.active) AS score
FROM here LEFT JOIN latest USING (club_code)
GROUP BY code HAVING count(*) FILTER (WHERE here.active) > 0
"""
_NEVER = """
SELECT here.*, max(visit_date) AS last_visit
FROM here LEFT JOIN inspection ON inspection.club_code = here.club_code
    AND visit_date <= (SELECT cut_off FROM asked)
WHERE active AND here.club_code NOT IN (SELECT club_code FROM visits)
GROUP BY ALL ORDER BY commune_code, club_code
"""
_ACTIONS = """
SELECT
    count(*) FILTER (WHERE made_in_period) AS made,
    count(*) FILTER (WHERE made_in_period AND NOT open) AS made_done,
    count(*) FILTER (WHERE made_in_period AND state = 'partly') AS made_partly,
    count(*) FILTER (WHERE open) AS open,
    count(*) FILTER (WHERE open AND by_date IS NULL) AS no_day,
    count(*) FILTER (WHERE open AND by_date < cut_off) AS overdue,
    count(DISTINCT club_code) FILTER (WHERE open AND by_date < cut_off) AS overdue_clubs
FROM actions CROSS JOIN asked
"""
_OVERDUE = """
SELECT actions.*, date_diff('day', by_date, cut_off) AS days FROM actions CROSS JOIN asked
WHERE open AND by_date < cut_off ORDER BY by_date, action_code
"""
_FAILINGS = """
SELECT failing, count(DISTINCT club_code) AS clubs
FROM (SELECT club_code, unnest(critical_failing) AS failing FROM latest)
GROUP BY failing ORDER BY clubs DESC, failing
"""


@dataclass(frozen=True, slots=True)
class RoundRows:
    """The visits of an area and period.

    Args:
        clubs, visits, actions: counts.
        grades: active clubs whose last visit gave the grade, by grade.
        areas: one row an area below, by its code.
        items: item → (visits that failed it, that did so in part, that have an answer).
        rulesets: versions of the rule set that visits were scored by.
        unseen: active clubs not visited in the period, with their last visit before, if any.
        overdue: open recommendations past their day.
        failings: critical failings with how many clubs had them at their last visit.
    """

    clubs: Mapping[str, Any]
    visits: Mapping[str, Any]
    grades: Mapping[str, int]
    areas: Sequence[Mapping[str, Any]]
    items: Mapping[str, tuple[int, int, int]]
    rulesets: Sequence[str]
    unseen: Sequence[Mapping[str, Any]]
    actions: Mapping[str, Any]
    overdue: Sequence[Mapping[str, Any]]
    failings: Sequence[Mapping[str, Any]]
    norms: Norms


def read_round(rows: RegisterRows, below: str) -> RoundRows:
    """Read the visits of the area.

    Args:
        below: column of the areas below: ``province_code`` or ``commune_code``.
    """
    for name, sql in _KEPT.items():
        rows.keep(name, sql)
    norms = read_norms(rows.rows("SELECT * FROM norm"))
    grades = rows.rows("SELECT grade, count(*) AS clubs FROM latest WHERE active GROUP BY grade")
    rulesets = rows.rows(
        "SELECT DISTINCT ruleset FROM visits WHERE ruleset IS NOT NULL ORDER BY ruleset"
    )
    return RoundRows(
        clubs=rows.row(_CLUBS),
        visits=rows.row(_VISITS),
        grades={row["grade"]: row["clubs"] for row in grades},
        areas=rows.rows(_BY_AREA.format(column=below)),
        items=_items(rows, norms),
        rulesets=[row["ruleset"] for row in rulesets],
        unseen=rows.rows(_NEVER),
        actions=rows.row(_ACTIONS),
        overdue=rows.rows(_OVERDUE),
        failings=rows.rows(_FAILINGS),
        norms=norms,
    )


def _items(rows: RegisterRows, norms: Norms) -> dict[str, tuple[int, int, int]]:
    """Count what clubs failed at their last visit."""
    asked = failed_sql(norms)
    wanted = ", ".join(
        f"count(*) FILTER (WHERE {failed}) AS failed_{item}, "
        f"count(*) FILTER (WHERE NOT coalesce({failed}, false) AND {partly}) AS partly_{item}, "
        f"count(*) FILTER (WHERE ({failed}) IS NOT NULL) AS known_{item}"
        for item, (failed, partly) in asked.items()
    )
    # conditions are written in this package
    counted = rows.row(f"SELECT {wanted} FROM latest WHERE active")  # noqa: S608
    return {
        item: tuple(counted[f"{part}_{item}"] for part in ("failed", "partly", "known"))
        for item in asked
    }
