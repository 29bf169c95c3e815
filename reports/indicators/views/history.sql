-- One row a period and club that was taken over from paper (`ishc import`): what is known of phases
-- that ended before anything was collected. How complete it is nobody knows.
WITH ended AS (
    SELECT club_code, MIN(on_date) AS ended_on
    FROM club_status
    WHERE status IN ('merged', 'split', 'closed')
    GROUP BY club_code
),
imported AS (
    SELECT DISTINCT _root_uuid
    FROM submission
    WHERE form = 'club_registration' AND _source = 'import'
)
SELECT
    asked.period_no, asked.period, club_base.unit_no, club_base.club_no, club_base.club_code,
    club_base.province_code, club_base.commune_code, club_base.founded_on, ended.ended_on
FROM club
JOIN imported ON imported._root_uuid = club._root_uuid
JOIN club_base ON club_base.club_code = club.club_code
JOIN asked ON club_base.founded_on <= asked.cut_off
LEFT JOIN ended ON ended.club_code = club.club_code
