-- One row a club and status: from which day it held, and until before which day. A club of which
-- nothing was said is active from its founding.
WITH steps AS (
    SELECT club_code, DATE '1900-01-01' AS on_date, 'active' AS status, 0 AS place FROM club_base
    UNION ALL
    SELECT club_code, on_date, status, place FROM club_status
),
held AS (
    SELECT
        club_code, status, on_date,
        COALESCE(LEAD(on_date) OVER (PARTITION BY club_code ORDER BY on_date, place),
            DATE '9999-12-31') AS until_day
    FROM steps
)
SELECT
    club_base.*, held.status, held.status = 'active' AS active,
    GREATEST(held.on_date, club_base.founded_on) AS from_day, held.until_day
FROM held
JOIN club_base ON club_base.club_code = held.club_code
WHERE held.until_day > GREATEST(held.on_date, club_base.founded_on)
