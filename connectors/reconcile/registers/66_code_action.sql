-- Which recommendations need a code.
SELECT
    s._root_uuid || '/' || s.identity AS key, s.club_code AS scope, s.visit_date AS event_date,
    s._root_uuid, s._row, s.identity
FROM action_row s
LEFT JOIN action_known known USING (_root_uuid, identity)
WHERE known.code IS NULL
