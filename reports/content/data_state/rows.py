"""Findings of an area, the reports that came, and what counts in no register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.content.register_rows import RegisterRows

TABLES = (
    *("finding", "finding_mended", "finding_run", "club_month_expected", "submission"),
    *("place_unclear", "rejects", "unknown_answers"),
)
# findings about an area and the months of the period; those without a month always; their state
# and age are those of the last run, which may be later than the cut-off
_KEPT = {
    "found": """
        SELECT f.check_code, f.severity, f.state, f.title_vi, f.title_en, f.first_seen,
            f.club_code, coalesce(f.commune_code, club.commune_code) AS commune_code,
            coalesce(f.province_code, club.province_code) AS province_code,
            date_diff('day', f.first_seen, greatest(f.first_seen, ran.as_of)) AS age
        FROM (SELECT * FROM finding UNION ALL BY NAME SELECT * FROM finding_mended) AS f
        LEFT JOIN club USING (club_code) CROSS JOIN asked
        CROSS JOIN (SELECT max(as_of) AS as_of FROM finding_run) AS ran
        WHERE (area = 'VN' OR area IN (coalesce(f.province_code, club.province_code),
                coalesce(f.commune_code, club.commune_code), f.club_code))
            AND (f.month IS NULL OR f.month BETWEEN strftime(period_start, '%Y-%m')
                AND strftime(cut_off, '%Y-%m'))
    """,
    "due": """
        SELECT e.month, e.reported, here.* FROM club_month_expected e
        JOIN here USING (club_code) CROSS JOIN asked
        WHERE e.expected
            AND month BETWEEN strftime(period_start, '%Y-%m') AND strftime(cut_off, '%Y-%m')
    """,
    "sent": """
        SELECT submission.* FROM submission CROSS JOIN asked
        LEFT JOIN club USING (club_code)
        WHERE (area = 'VN' OR area IN (coalesce(submission.province_code, club.province_code),
                coalesce(submission.commune_code, club.commune_code), submission.club_code))
            AND (event_date IS NULL OR event_date BETWEEN period_start AND cut_off)
    """,
}
_OPEN = "state IN ('new', 'open', 'came_back')"
_COUNTS = f"""
    count(*) FILTER (WHERE {_OPEN}) AS open, count(*) FILTER (WHERE state = 'new') AS new,
    count(*) FILTER (WHERE state = 'came_back') AS came_back,
    count(*) FILTER (WHERE state = 'mended') AS mended,
    count(*) FILTER (WHERE state = 'waived') AS waived,
    count(DISTINCT club_code) FILTER (WHERE {_OPEN}) AS clubs,
    max(age) FILTER (WHERE {_OPEN}) AS oldest
"""
_BY_CHECK = """
SELECT check_code, severity, any_value(title_vi) AS title_vi, any_value(title_en) AS title_en,
    {counts}
FROM found GROUP BY check_code, severity
ORDER BY list_position(['error', 'warning', 'note'], severity), open DESC, mended DESC, check_code
"""
_BY_AREA = """
SELECT code, coalesce(any_value(active), 0) AS active, coalesce(any_value(expected), 0) AS expected,
    coalesce(any_value(received), 0) AS received,
    count(*) FILTER (WHERE {open} AND severity = 'error') AS errors,
    count(*) FILTER (WHERE {open} AND severity = 'warning') AS warnings,
    count(*) FILTER (WHERE {open} AND severity = 'note') AS notes,
    count(DISTINCT club_code) FILTER (WHERE {open}) AS clubs
FROM (SELECT *, {column} AS code FROM found)
FULL JOIN (SELECT {column} AS code, count(*) FILTER (WHERE active) AS active
    FROM here GROUP BY code) USING (code)
FULL JOIN (SELECT {column} AS code, count(*) AS expected,
    count(*) FILTER (WHERE reported) AS received FROM due GROUP BY code) USING (code)
WHERE code IS NOT NULL GROUP BY code HAVING active > 0 OR count(check_code) > 0
"""
_AGES = """
SELECT severity,
    count(*) FILTER (WHERE age <= 7) AS week, count(*) FILTER (WHERE age BETWEEN 8 AND 30) AS month,
    count(*) FILTER (WHERE age BETWEEN 31 AND 90) AS quarter,
    count(*) FILTER (WHERE age > 90) AS longer, count(*) AS total
FROM found WHERE {open} GROUP BY severity
"""
_MONTHS = """
SELECT month, count(*) AS expected, count(*) FILTER (WHERE reported) AS received
FROM due GROUP BY month ORDER BY month
"""
_LEFT_OUT = """
SELECT form, count(*) AS sent, count(*) FILTER (WHERE refused) AS refused,
    count(*) FILTER (WHERE NOT counts AND NOT coalesce(refused, false)) AS not_counted,
    count(*) FILTER (WHERE counts AND club_code IS NULL AND NOT coalesce(registers, false)
        AND form <> 'training_record') AS without_club
FROM sent GROUP BY form ORDER BY form
"""
_BESIDE = """
SELECT
    (SELECT count(*) FROM rejects JOIN sent USING (form, _source, _id)) AS misfits,
    (SELECT count(*) FROM unknown_answers JOIN sent USING (form, _source, _id)) AS unknown,
    (SELECT count(*) FROM place_unclear p CROSS JOIN asked
        WHERE area = 'VN' OR list_contains(p.candidates, area)
            OR p.said_province = area OR p.said_commune = area) AS unclear
"""


@dataclass(frozen=True, slots=True)
class QualityRows:
    """How good the data of an area and period are.

    Args:
        total: findings by state.
        severities: the same by severity.
        checks, areas, ages, months, forms: rows of the tables.
        beside: answers that fit no column, submissions that lie nowhere.
        checked_on: day of the last run of the checks, None when they never ran.
    """

    total: Mapping[str, Any]
    severities: Sequence[Mapping[str, Any]]
    checks: Sequence[Mapping[str, Any]]
    areas: Sequence[Mapping[str, Any]]
    ages: Sequence[Mapping[str, Any]]
    months: Sequence[Mapping[str, Any]]
    forms: Sequence[Mapping[str, Any]]
    beside: Mapping[str, Any]
    checked_on: Any
    runs: int


def read_quality(rows: RegisterRows, below: str) -> QualityRows:
    """Read the state of the data.

    Args:
        below: column of the areas below: ``province_code`` or ``commune_code``.
    """
    for name, sql in _KEPT.items():
        rows.keep(name, sql)
    ran = rows.row("SELECT max(as_of) AS as_of, count(*) AS runs FROM finding_run")
    return QualityRows(
        total=rows.row(f"SELECT {_COUNTS} FROM found"),  # noqa: S608 - written above
        severities=rows.rows(f"SELECT severity, {_COUNTS} FROM found GROUP BY severity"),  # noqa: S608
        checks=rows.rows(_BY_CHECK.format(counts=_COUNTS)),
        areas=rows.rows(_BY_AREA.format(column=below, open=_OPEN)),
        ages=rows.rows(_AGES.format(open=_OPEN)),
        months=rows.rows(_MONTHS),
        forms=rows.rows(_LEFT_OUT),
        beside=rows.row(_BESIDE),
        checked_on=ran["as_of"],
        runs=ran["runs"],
    )
