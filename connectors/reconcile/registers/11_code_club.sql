-- Who needs a club code: the commune is its beginning for ever, even if communes merge later.
SELECT key, commune AS scope, event_date, _root_uuid, CAST(0 AS BIGINT) AS _row
FROM registered
WHERE counts AND NOT coded AND commune IS NOT NULL
