-- How the submissions of the last twelve months were filled: when, on which phone, at which place.
-- What was imported from workbooks was filled on no phone.
WITH said AS (
    SELECT 'club_registration' AS form, _source, _id, "start", "end", deviceid,
        meeting_point_latitude AS latitude, meeting_point_longitude AS longitude
    FROM club_registration
    UNION ALL
    SELECT 'monthly_activity_report', _source, _id, "start", "end", deviceid, NULL, NULL
    FROM monthly_activity_report
    UNION ALL
    SELECT 'loan_record', _source, _id, "start", "end", deviceid, NULL, NULL
    FROM loan_record
    UNION ALL
    SELECT 'inspection_checklist', _source, _id, "start", "end", deviceid,
        visit_point_latitude, visit_point_longitude
    FROM inspection_checklist
)
SELECT
    s.club_code, said.form, said._source, said._id, s._root_uuid, said."start" AS started,
    said."end" AS finished, date_diff('second', said."start", said."end") AS seconds,
    said.deviceid AS phone, said.latitude, said.longitude
FROM said
JOIN submission s USING (form, _source, _id)
CROSS JOIN run
WHERE said."end" > run.as_of - INTERVAL 12 MONTH AND said._source <> 'import'
ORDER BY said.form, said._source, said._id
