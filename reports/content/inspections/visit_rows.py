"""What is known of one visit, and of what its club had reported before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.content.inspections.checklist import Norms, read_norms
from reports.content.register_rows import RegisterRows

TABLES = (
    *("inspection", "club_month", "member", "member_unlisted", "board_member", "board_training"),
    *("action", "norm", "inspection_checklist", "inspection_checklist__follow_up"),
    "inspection_checklist__loan_sample",
)
_VISITS = """
SELECT inspection.* FROM inspection JOIN here USING (club_code) CROSS JOIN asked
WHERE visit_date <= cut_off
ORDER BY visit_date DESC, list_position(['commune', 'province', 'centre'], level) DESC, _root_uuid
"""
_AREA = "count(*) FILTER (WHERE list_contains(areas_done, '{0}')) AS done_{0}"
_REPORTED = """
WITH before AS (
    SELECT * FROM club_month
    WHERE club_code = $1 AND month < strftime($2::DATE, '%Y-%m')
        AND month >= strftime($2::DATE - INTERVAL 12 MONTH, '%Y-%m')
)
SELECT
    count(*) AS months, max(month) AS last_month,
    count(*) FILTER (WHERE meeting_held = 'yes') AS meetings,
    count(*) FILTER (WHERE digital_lesson = 'yes') AS done_digital,
    count(*) FILTER (WHERE green_lesson = 'yes') AS done_green,
    arg_max(income_closing_cash, month) AS cash,
    arg_max(income_fund_total, month) AS fund,
    arg_max(care_volunteers, month) FILTER (WHERE care_volunteers IS NOT NULL) AS volunteers,
    {areas}
FROM before
"""
_PEOPLE = """
SELECT
    (SELECT count(*) FROM member WHERE club_code = $1 AND coalesce(joined_on, $2) <= $2
        AND (left_on IS NULL OR left_on > $2)) AS listed,
    (SELECT arg_max(total, on_date) FROM member_unlisted
        WHERE club_code = $1 AND on_date <= $2) AS unlisted,
    (SELECT count(DISTINCT board_code) FROM board_member
        WHERE club_code = $1 AND since <= $2 AND (until IS NULL OR until > $2)) AS board
"""
_TRAINED = """
SELECT
    count(DISTINCT board_code) FILTER (WHERE kind = 'initial') AS initial,
    count(DISTINCT board_code) FILTER (WHERE kind = 'refresher' AND year = year($2::DATE))
        AS refresher
FROM board_training JOIN (
    SELECT DISTINCT board_code FROM board_member
    WHERE club_code = $1 AND since <= $2 AND (until IS NULL OR until > $2)
) USING (board_code)
WHERE on_date <= $2
"""
_EARLIER = """
SELECT
    f.follow_action AS action_code, f.follow_state AS state, action.visit_date AS made_on,
    action.by_date, {what} AS what
FROM inspection_checklist__follow_up f LEFT JOIN action ON action.action_code = f.follow_action
WHERE f._source = $1 AND f._id = $2 ORDER BY f._row
"""
_NEW = "SELECT * FROM action WHERE _root_uuid = $1 ORDER BY _row"
_LOANS = """
SELECT count(*) AS asked, count(*) FILTER (WHERE sample_confirmed = 'yes') AS confirmed
FROM inspection_checklist__loan_sample WHERE _source = $1 AND _id = $2
"""


@dataclass(frozen=True, slots=True)
class VisitRows:
    """One visit with all that is printed beside it.

    Args:
        visit: row of the register ``inspection``; None when there was no visit in the period.
        others: other visits of the period, the latest first.
        before: the last visit before this one, or before the period.
        reported: what the club reported in the 12 months before, its members and board on the day.
        earlier, recommended: recommendations that were followed up, and new ones.
        loans: how many loans were asked about, how many confirmed.
        photos: columns of photos, by question; None where none was taken.
    """

    visit: dict[str, Any] | None
    others: Sequence[dict[str, Any]]
    before: dict[str, Any] | None
    norms: Norms
    reported: dict[str, Any]
    earlier: Sequence[dict[str, Any]]
    recommended: Sequence[dict[str, Any]]
    loans: dict[str, Any]
    photos: dict[str, Any]


def read_visit(rows: RegisterRows) -> VisitRows:
    """Read the last visit of the period; of several on one day the highest team's."""
    visits = rows.rows(_VISITS)
    start = rows.row("SELECT period_start FROM asked")["period_start"]
    inside = [each for each in visits if each["visit_date"] >= start]
    norms = read_norms(rows.rows("SELECT * FROM norm"))
    if not inside:
        before = visits[0] if visits else None
        return VisitRows(None, (), before, norms, {}, (), (), {}, {})
    visit, *others = inside
    earlier = [each for each in visits if each["visit_date"] < visit["visit_date"]]
    submission = [visit["_source"], visit["_id"]]
    return VisitRows(
        visit,
        others,
        earlier[0] if earlier else None,
        norms,
        _reported(rows, visit),
        rows.rows(_EARLIER.format(what="action.what"), submission),
        rows.rows(_NEW, [visit["_root_uuid"]]),
        rows.row(_LOANS, submission),
        rows.row("SELECT * FROM inspection_checklist WHERE _source = $1 AND _id = $2", submission),
    )


def _reported(rows: RegisterRows, visit: dict[str, Any]) -> dict[str, Any]:
    of = [visit["club_code"], visit["visit_date"]]
    areas = ", ".join(
        _AREA.format(area)
        for area in "income health home_care self_help rights awareness culture resources".split()
    )
    found = rows.row(_REPORTED.format(areas=areas), of) | rows.row(_PEOPLE, of)
    trained = rows.row(_TRAINED, of)
    # a board that no training names may have had one before trainings were recorded
    known = rows.row(
        "SELECT count(*) AS known FROM board_training WHERE club_code = $1 AND on_date <= $2", of
    )
    return found | (trained if known["known"] else {"initial": None, "refresher": None})
