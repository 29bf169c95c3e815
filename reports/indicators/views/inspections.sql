-- One row an inspection visit of the period; `latest` marks the last one of each club.
SELECT
    province_code, commune_code, founded_on, active,
    inspection.*,
    row_number() OVER (
        PARTITION BY inspection.club_code ORDER BY visit_date DESC, inspection._root_uuid DESC
    ) = 1 AS latest
FROM inspection CROSS JOIN asked
JOIN club_state ON club_state.club_code = inspection.club_code
WHERE visit_date BETWEEN period_start AND cut_off
