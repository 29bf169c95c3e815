-- Who needs a board code.
SELECT key, club_code AS scope, event_date, _root_uuid, _row
FROM board_said
WHERE key = _root_uuid || '/' || _row
