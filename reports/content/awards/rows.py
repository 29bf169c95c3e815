"""What is known of each club that may be awarded: one row a club in operation."""

from collections.abc import Mapping, Sequence
from typing import Any

from programme.problem import Place
from reports.content.awards.rules import SHEET, Rules, checked
from reports.content.register_rows import RegisterRows

TABLES = (
    *("inspection", "club_month", "club_month_expected", "member", "member_unlisted", "action"),
    *("loan", "loan_event", "finding", "board_member", "board_training"),
    "inspection_checklist__follow_up",
)
# every column is empty where it is not known: rules never take missing for 0
AWARD_CLUB = """
WITH visits AS (
    SELECT i.* FROM inspection i CROSS JOIN asked WHERE visit_date BETWEEN period_start AND cut_off
    QUALIFY row_number() OVER (PARTITION BY club_code ORDER BY visit_date DESC, _root_uuid DESC) = 1
),
due AS (
    SELECT club_code, count(*) AS months_due, count(*) FILTER (WHERE reported) AS months_reported
    FROM club_month_expected CROSS JOIN asked
    WHERE expected
        AND month BETWEEN strftime(period_start, '%Y-%m') AND strftime(cut_off, '%Y-%m')
    GROUP BY club_code
),
worked AS (
    SELECT m.club_code, count(*) FILTER (WHERE meeting_held = 'yes') AS meetings,
        avg(coalesce(len(areas_done), 0)) AS areas_a_month,
        count(*) FILTER (WHERE digital_lesson = 'yes') AS digital_lessons,
        count(*) FILTER (WHERE green_lesson = 'yes') AS green_lessons,
        arg_max(income_fund_total, month) AS income_fund,
        CAST(sum(mobilised_total) AS BIGINT) AS mobilised,
        coalesce(sum(awards_central), 0) + coalesce(sum(awards_province), 0)
            + coalesce(sum(awards_commune), 0) AS awards
    FROM club_month m CROSS JOIN asked
    WHERE month BETWEEN strftime(period_start, '%Y-%m') AND strftime(cut_off, '%Y-%m')
    GROUP BY m.club_code
),
people AS (
    SELECT member.club_code, count(*) AS listed, count(*) FILTER (WHERE sex = 'female') AS women,
        count(*) FILTER (WHERE year(cut_off) - birth_year >= 60) AS older
    FROM member CROSS JOIN asked
    WHERE coalesce(joined_on, cut_off) <= cut_off AND (left_on IS NULL OR left_on > cut_off)
    GROUP BY member.club_code
),
counted AS (
    SELECT club_code, arg_max(total, on_date) AS total, arg_max(women, on_date) AS women,
        arg_max(sixty_plus, on_date) AS older
    FROM member_unlisted CROSS JOIN asked WHERE on_date <= cut_off GROUP BY club_code
),
said AS (
    SELECT f.follow_action AS action_code,
        arg_max(f.follow_state, (i.visit_date, i._root_uuid, f._row)) AS state
    FROM inspection_checklist__follow_up f JOIN inspection i USING (_source, _id) CROSS JOIN asked
    WHERE i.visit_date <= cut_off AND f.follow_state IS NOT NULL GROUP BY f.follow_action
),
overdue AS (
    SELECT club_code, count(*) AS overdue_actions
    FROM action LEFT JOIN said USING (action_code) CROSS JOIN asked
    WHERE visit_date <= cut_off AND by_date < cut_off AND coalesce(said.state, 'not') <> 'done'
    GROUP BY club_code
),
left_to_pay AS (
    SELECT loan_code, any_value(club_code) AS club_code,
        sum(CASE event WHEN 'lent' THEN principal WHEN 'repaid' THEN -principal
            WHEN 'written_off' THEN -principal ELSE 0 END) AS outstanding
    FROM loan_event CROSS JOIN asked WHERE on_date <= cut_off GROUP BY loan_code
),
owed AS (
    SELECT p.club_code, sum(p.outstanding) AS outstanding,
        coalesce(sum(p.outstanding) FILTER (WHERE due_on < cut_off - 30), 0) AS at_risk
    FROM left_to_pay p JOIN loan USING (loan_code) CROSS JOIN asked
    WHERE p.outstanding > 0 GROUP BY p.club_code
),
wrong AS (
    SELECT club_code, count(*) AS errors FROM finding CROSS JOIN asked
    WHERE severity = 'error' AND state IN ('new', 'open', 'came_back')
        AND (month IS NULL
            OR month BETWEEN strftime(period_start, '%Y-%m') AND strftime(cut_off, '%Y-%m'))
    GROUP BY club_code
),
seats AS (
    SELECT DISTINCT board_code, club_code FROM board_member CROSS JOIN asked
    WHERE since <= cut_off AND (until IS NULL OR until > cut_off)
),
trained AS (
    SELECT seats.club_code, count(*) AS seats, count(t.board_code) AS trained
    FROM seats LEFT JOIN (
        SELECT DISTINCT board_code FROM board_training CROSS JOIN asked WHERE on_date <= cut_off
    ) t USING (board_code)
    GROUP BY seats.club_code
)
SELECT
    here.club_code, here.name, here.commune_code, here.province_code, founded_on,
    CAST(date_diff('month', founded_on, cut_off) AS BIGINT) AS months_old,
    CAST(visits.score AS DOUBLE) AS score, visits.grade, visits.up_to_standard, visits.visit_date,
    CASE WHEN visits.club_code IS NOT NULL THEN coalesce(len(visits.critical_failing), 0) > 0 END
        AS critical_failing,
    months_due, months_reported,
    CASE WHEN months_due > 0 THEN CAST(months_reported AS DOUBLE) / months_due END
        AS reported_share,
    CASE WHEN months_reported > 0 THEN CAST(meetings AS DOUBLE) / months_reported END
        AS meeting_share,
    areas_a_month, digital_lessons, green_lessons, CAST(income_fund AS BIGINT) AS income_fund,
    mobilised, CAST(awards AS BIGINT) AS awards,
    CASE WHEN listed IS NOT NULL OR counted.total IS NOT NULL
        THEN CAST(coalesce(listed, 0) + coalesce(counted.total, 0) AS BIGINT) END AS members,
    CASE WHEN coalesce(listed, 0) + coalesce(counted.total, 0) > 0
        THEN CAST(coalesce(people.women, 0) + coalesce(counted.women, 0) AS DOUBLE)
            / (coalesce(listed, 0) + coalesce(counted.total, 0)) END AS women_share,
    CASE WHEN coalesce(listed, 0) + coalesce(counted.total, 0) > 0
        THEN CAST(coalesce(people.older, 0) + coalesce(counted.older, 0) AS DOUBLE)
            / (coalesce(listed, 0) + coalesce(counted.total, 0)) END AS older_share,
    CAST(outstanding AS BIGINT) AS outstanding,
    CASE WHEN outstanding > 0 THEN CAST(at_risk AS DOUBLE) / outstanding END AS at_risk_share,
    coalesce(overdue_actions, 0) AS overdue_actions, coalesce(errors, 0) AS errors,
    -- by the records of trainings, and where there are none by what the inspection found
    CASE WHEN trained > 0 THEN CAST(trained AS DOUBLE) / seats
        WHEN visits.board_count > 0
        THEN CAST(visits.board_trained_initial AS DOUBLE) / visits.board_count END AS trained_share
FROM here
CROSS JOIN asked
LEFT JOIN visits USING (club_code) LEFT JOIN due USING (club_code)
LEFT JOIN worked USING (club_code)
LEFT JOIN people USING (club_code) LEFT JOIN counted USING (club_code)
LEFT JOIN overdue USING (club_code) LEFT JOIN owed USING (club_code)
LEFT JOIN wrong USING (club_code)
LEFT JOIN trained USING (club_code)
WHERE active
ORDER BY here.club_code
"""
SECONDS = 30


def read_candidates(rows: RegisterRows, rules: Rules) -> Sequence[Mapping[str, Any]]:
    """Give every club in operation with what each rule says of it (``rule_CODE``).

    Raises:
        ProblemError: an expression that is refused, with sheet, row and column.
    """
    rows.keep("award_club", AWARD_CLUB)
    passed = checked(rules, rows.columns("award_club"))
    kinds = {rule.code: "BOOLEAN" if rule.kind == "condition" else "DOUBLE" for rule in rules.rules}
    wanted = ", ".join(
        f'TRY_CAST(({sql}) AS {kinds[code]}) AS "rule_{code}"' for code, sql in passed.items()
    )
    extra = f", {wanted}" if wanted else ""
    place = Place(rules.file, SHEET)
    # every expression went through the guard, the rest is written here
    return rows.limited(
        f"SELECT *{extra} FROM award_club ORDER BY club_code",  # noqa: S608
        SECONDS,
        place,
    )
