-- Submissions whose commune is none of today's: an old code or name, with the commune that it
-- became. Where several are meant, a person decides, or the point: the nearest middle of a
-- commune, if it is clearly nearer than the others. Without commune_code nobody knows.
WITH said AS (
    SELECT 'club_registration' AS form, _source, _id, _root_uuid, province, commune,
        meeting_point_latitude AS latitude, meeting_point_longitude AS longitude
    FROM club_registration
    UNION ALL
    SELECT 'inspection_checklist', _source, _id, _root_uuid, province, commune,
        visit_point_latitude, visit_point_longitude
    FROM inspection_checklist
    UNION ALL
    SELECT 'monthly_activity_report', _source, _id, _root_uuid, province, commune, NULL, NULL
    FROM monthly_activity_report
    UNION ALL
    SELECT 'loan_record', _source, _id, _root_uuid, province, commune, NULL, NULL FROM loan_record
    UNION ALL
    SELECT 'training_record', _source, _id, _root_uuid, province, commune, NULL, NULL
    FROM training_record
    UNION ALL
    SELECT 'member_survey', _source, _id, _root_uuid, province, commune, NULL, NULL
    FROM member_survey
),
strange AS (
    SELECT said.*, candidates
    FROM said
    JOIN place_said p
        ON p.commune = said.commune AND p.province IS NOT DISTINCT FROM said.province
),
distance AS (
    SELECT
        form, _source, _id, area.commune_code,
        kilometres(s.latitude, s.longitude, area.latitude, area.longitude) AS kilometres
    FROM (SELECT *, unnest(candidates) AS candidate FROM strange WHERE len(candidates) > 1) s
    JOIN area ON area.commune_code = s.candidate
    WHERE s.latitude IS NOT NULL
),
nearest AS (
    SELECT
        form, _source, _id, arg_min(commune_code, kilometres) AS commune_code,
        list_sort(list(kilometres)) AS near
    FROM distance
    GROUP BY form, _source, _id
)
SELECT
    s.form, s._source, s._id, s._root_uuid, s.province AS said_province, s.commune AS said_commune,
    s.candidates,
    coalesce(
        placed.commune_code,
        CASE WHEN len(s.candidates) = 1 THEN s.candidates[1] END,
        CASE WHEN n.near[2] >= 1.5 * n.near[1] THEN n.commune_code END
    ) AS commune_code
FROM strange s
LEFT JOIN placed
    ON placed.form = s.form AND placed._source = s._source AND placed._root_uuid = s._root_uuid
LEFT JOIN nearest n ON n.form = s.form AND n._source = s._source AND n._id = s._id
