-- One row a period and recommendation of an inspection up to its cut-off, as it stood on that day.
WITH standing AS (
    SELECT
        asked.period_no, asked.period, asked.period_start, asked.cut_off,
        action.club_code, action.visit_date, action.by_date,
        CASE WHEN action.followed_on <= asked.cut_off THEN action.state ELSE 'not' END AS state
    FROM action
    JOIN asked ON action.visit_date <= asked.cut_off
)
SELECT
    standing.period_no, standing.period, club_spans.unit_no, club_spans.club_no,
    club_spans.club_code, club_spans.province_code, club_spans.commune_code,
    club_spans.founded_on, standing.visit_date, standing.by_date, standing.state,
    standing.state <> 'done' AS open,
    standing.state <> 'done' AND COALESCE(standing.by_date < standing.cut_off, FALSE) AS overdue,
    standing.visit_date >= standing.period_start AS made_in_period
FROM standing
JOIN club_spans ON club_spans.club_code = standing.club_code
    AND club_spans.from_day <= standing.cut_off AND club_spans.until_day > standing.cut_off
WHERE club_spans.active
