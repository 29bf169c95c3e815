-- The trainings that count and at which somebody of one club ($club) was.
SELECT DISTINCT
    'training_record' AS form, t._source, t._id, t._root_uuid, t.starts_on AS event_date,
    r."end" AS finished, r._submission_time, r.deviceid, r.reporter_role, r.reporter_name,
    t.kind AS detail, t._root_uuid AS winner, 'counts' AS verdict
FROM training_club t
JOIN training_record r USING (_source, _id)
WHERE t.club_code = $club
