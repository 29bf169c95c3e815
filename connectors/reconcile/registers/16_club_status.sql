-- The history of a club's status.
SELECT
    club_code,
    event_date AS on_date,
    happened AS action,
    CASE happened
        WHEN 'register' THEN 'active' WHEN 'resume' THEN 'active' WHEN 'suspend' THEN 'suspended'
        WHEN 'merge' THEN 'merged' WHEN 'split' THEN 'split' ELSE 'closed'
    END AS status,
    _root_uuid,
    place
FROM club_event
WHERE happened <> 'update'
ORDER BY club_code, place
