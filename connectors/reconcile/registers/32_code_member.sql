-- Who needs a member code: people in forms that count.
SELECT
    s._root_uuid || '/' || s.identity AS key, s.club_code AS scope, s.event_date, s._root_uuid,
    s._row, s.identity
FROM person_said s
LEFT JOIN person_known known USING (club_code, said_in, identity)
WHERE s.counts AND known.code IS NULL
QUALIFY row_number() OVER (
    PARTITION BY s.club_code, s.said_in, s.identity ORDER BY s.event_date, s._root_uuid, s._row
) = 1
