-- One row a recommendation of an inspection up to the cut-off, as it stood on that day.
SELECT
    asked.period, action.club_code, club_state.province_code, club_state.commune_code,
    club_state.founded_on, action.visit_date, action.by_date,
    CASE WHEN action.followed_on <= asked.cut_off THEN action.state ELSE 'not' END AS state,
    NOT COALESCE(action.state = 'done' AND action.followed_on <= asked.cut_off, FALSE) AS open,
    NOT COALESCE(action.state = 'done' AND action.followed_on <= asked.cut_off, FALSE)
        AND COALESCE(action.by_date < asked.cut_off, FALSE) AS overdue,
    action.visit_date >= asked.period_start AS made_in_period
FROM action CROSS JOIN asked
JOIN club_state ON club_state.club_code = action.club_code AND club_state.period = asked.period
WHERE action.visit_date <= asked.cut_off AND club_state.active
