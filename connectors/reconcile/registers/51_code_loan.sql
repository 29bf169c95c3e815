-- What needs a loan number: money or goods lent.
SELECT key, club_code AS scope, event_date, _root_uuid, CAST(0 AS BIGINT) AS _row
FROM loan_said
WHERE counts AND NOT coded AND event = 'lent'
