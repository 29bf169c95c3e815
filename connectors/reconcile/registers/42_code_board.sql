-- Who needs a board code.
SELECT
    s._root_uuid || '/' || s.identity AS key, s.club_code AS scope, s.event_date, s._root_uuid,
    s._row, s.identity
FROM board_row s
LEFT JOIN board_known known USING (club_code, identity)
WHERE known.code IS NULL
QUALIFY row_number() OVER (
    PARTITION BY s.club_code, s.identity ORDER BY s.place, s._root_uuid, s._row
) = 1
