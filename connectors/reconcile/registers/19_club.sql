-- One row a club: what was said last of each thing, on the cut-off date.
WITH latest AS (
    SELECT
        club_code,
        arg_max(club_name, place) FILTER (WHERE club_name IS NOT NULL) AS name,
        arg_max(province, place) FILTER (WHERE province IS NOT NULL) AS province_code,
        arg_max(commune, place) FILTER (WHERE commune IS NOT NULL) AS commune_code,
        arg_max(founded_on, place) FILTER (WHERE founded_on IS NOT NULL) AS founded_on,
        arg_max(coalesce(villages_count, len(village_codes)), place)
            FILTER (WHERE coalesce(villages_count, len(village_codes)) > 0) AS villages_served,
        arg_max(funds_self_managed = 'yes', place)
            FILTER (WHERE funds_self_managed IS NOT NULL) AS funds_self_managed,
        arg_max(meeting_day, place) FILTER (WHERE meeting_day IS NOT NULL) AS meeting_day,
        coalesce(arg_max(_root_uuid, place) FILTER (WHERE happened = 'register'),
            arg_min(_root_uuid, place)) AS _root_uuid
    FROM club_event
    GROUP BY club_code
),
status AS (
    SELECT club_code, arg_max(status, place) AS status, arg_max(on_date, place) AS status_on
    FROM club_status
    GROUP BY club_code
)
SELECT
    club_code, name, province_code, commune_code, founded_on, status, status_on,
    CAST(villages_served AS BIGINT) AS villages_served, funds_self_managed,
    TRY_CAST(meeting_day AS BIGINT) AS meeting_day, _root_uuid
FROM latest LEFT JOIN status USING (club_code)
ORDER BY club_code
