-- Who needs a member code: people in forms that count.
SELECT key, club_code AS scope, event_date, _root_uuid, _row
FROM person
WHERE counts
