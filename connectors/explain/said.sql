-- Everything that was said of one club ($club), whether it counts and, if not, why and what won.
WITH said AS (SELECT * FROM submission WHERE club_code = $club),
answers AS ($answers),
month AS (SELECT month, _source, _id, _root_uuid FROM club_month WHERE club_code = $club),
visit AS (
    SELECT visit_date, level, arg_max(_root_uuid, _id) AS _root_uuid
    FROM inspection WHERE club_code = $club GROUP BY visit_date, level
),
change AS (SELECT _root_uuid FROM club_change WHERE club_code = $club),
last_change AS (
    SELECT happened, arg_max(_root_uuid, place) AS _root_uuid
    FROM club_change WHERE club_code = $club GROUP BY happened
),
loan_said AS (
    SELECT DISTINCT e._root_uuid FROM loan_event e WHERE e._root_uuid IN (SELECT _root_uuid FROM said)
),
unknown_loan AS (SELECT DISTINCT _root_uuid FROM loan_event_unknown WHERE club_code = $club),
judged AS (
    SELECT
        s.form, s._source, s._id, s._root_uuid, s.event_date, s.finished, s._submission_time,
        a.deviceid, a.reporter_role, a.reporter_name, coalesce(a.report_kind = 'replaces', false)
            AS replaces, a.detail, s.refused, s.counts,
        CASE s.form
            WHEN 'monthly_activity_report' THEN m._root_uuid
            WHEN 'inspection_checklist' THEN v._root_uuid
            WHEN 'club_registration' THEN coalesce(c._root_uuid, lc._root_uuid)
            WHEN 'loan_record' THEN l._root_uuid
            ELSE s._root_uuid
        END AS winner,
        u._root_uuid IS NOT NULL AS unknown_loan
    FROM said s
    JOIN answers a ON a.form = s.form AND a._source = s._source AND a._id = s._id
    LEFT JOIN month m
        ON s.form = 'monthly_activity_report' AND m.month = strftime(s.event_date, '%Y-%m')
    LEFT JOIN visit v
        ON s.form = 'inspection_checklist' AND v.visit_date = s.event_date AND v.level = a.detail
    LEFT JOIN change c ON c._root_uuid = s._root_uuid
    LEFT JOIN last_change lc ON s.form = 'club_registration' AND lc.happened = a.detail
    LEFT JOIN loan_said l ON l._root_uuid = s._root_uuid
    LEFT JOIN unknown_loan u ON u._root_uuid = s._root_uuid
)
SELECT
    j.* EXCLUDE (refused, counts, unknown_loan),
    CASE
        WHEN j.refused THEN 'refused'
        WHEN NOT j.counts THEN 'not_yet'
        WHEN j.winner = j._root_uuid THEN 'counts'
        WHEN j.unknown_loan THEN 'unknown_loan'
        WHEN j.winner IS NULL OR w.replaces THEN 'replaced'
        ELSE 'later_one'
    END AS verdict
FROM judged j
LEFT JOIN (SELECT form, _root_uuid, replaces FROM judged) w
    ON w._root_uuid = j.winner AND w.form = j.form
ORDER BY j.event_date, j.form, j.finished, j._root_uuid
