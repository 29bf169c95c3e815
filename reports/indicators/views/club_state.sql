-- One row a club of the area that was founded up to the cut-off, with its state on that day.
WITH latest AS (
    SELECT club_code, arg_max(status, place) AS status
    FROM club_status CROSS JOIN asked
    WHERE on_date <= cut_off
    GROUP BY club_code
)
SELECT
    club.club_code,
    club.name,
    club.province_code,
    club.commune_code,
    club.founded_on,
    club.villages_served,
    club.funds_self_managed,
    COALESCE(latest.status, 'active') AS status,
    COALESCE(latest.status, 'active') = 'active' AS active
FROM club CROSS JOIN asked
LEFT JOIN latest ON latest.club_code = club.club_code
WHERE club.founded_on <= cut_off
  AND (area = 'VN' OR club.province_code = area OR club.commune_code = area)
