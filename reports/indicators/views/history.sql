-- One row a club that was taken over from paper (`ishc import`), founded up to the cut-off: what is
-- known of phases that ended before anything was collected. How complete it is nobody knows.
SELECT
    asked.period, club_state.club_code, club_state.province_code, club_state.commune_code,
    club_state.founded_on,
    MIN(CASE WHEN club_status.status IN ('merged', 'split', 'closed') THEN club_status.on_date END)
        AS ended_on
FROM club_state
JOIN asked ON asked.period = club_state.period
JOIN club ON club.club_code = club_state.club_code
JOIN submission ON submission._root_uuid = club._root_uuid
LEFT JOIN club_status ON club_status.club_code = club_state.club_code
WHERE submission.form = 'club_registration' AND submission._source = 'import'
GROUP BY asked.period, club_state.club_code, club_state.province_code, club_state.commune_code,
    club_state.founded_on
