-- Which submission each present value of a club comes from, by root uuid.
SELECT
    club_code,
    arg_max(_root_uuid, place) FILTER (WHERE club_name IS NOT NULL) AS name,
    arg_max(_root_uuid, place) FILTER (WHERE commune IS NOT NULL) AS commune_code,
    arg_max(_root_uuid, place) FILTER (WHERE founded_on IS NOT NULL) AS founded_on,
    arg_max(_root_uuid, place) FILTER (WHERE happened <> 'update') AS status,
    arg_max(_root_uuid, place)
        FILTER (WHERE coalesce(villages_count, len(village_codes)) > 0) AS villages_served,
    arg_max(_root_uuid, place) FILTER (WHERE funds_self_managed IS NOT NULL) AS funds_self_managed,
    arg_max(_root_uuid, place) FILTER (WHERE meeting_day IS NOT NULL) AS meeting_day
FROM club_event
GROUP BY club_code
ORDER BY club_code
