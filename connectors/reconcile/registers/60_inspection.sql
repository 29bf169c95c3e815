-- One row a visit, without what names people; a replacement stands for the visit it names, and of
-- two reports of one visit (club, day, level) the later one.
WITH said AS (
    SELECT
        s.club_code, s.finished, coalesce(p.report_kind = 'replaces', false) AS replaces, p.*
    FROM public_inspection_checklist p
    JOIN submission s
        ON s.form = 'inspection_checklist' AND s._source = p._source AND s._id = p._id
    WHERE s.counts AND s.club_code IS NOT NULL
)
SELECT
    club_code, visit_date, team_level AS level, score, grade,
    up_to_standard = 'yes' AS up_to_standard, ruleset, found_members, found_cash, _root_uuid,
    said.* EXCLUDE (
        club_code, visit_date, team_level, score, grade, up_to_standard, ruleset, found_members,
        found_cash, _root_uuid, club, finished, replaces
    )
FROM said
WHERE NOT EXISTS (
    SELECT 1
    FROM said new
    WHERE new.replaces AND new.club_code = said.club_code AND new._root_uuid <> said._root_uuid
        AND new.team_level = said.team_level AND new.replaced_date = said.visit_date
        AND (NOT said.replaces OR new.finished > said.finished)
)
QUALIFY row_number() OVER (
    PARTITION BY club_code, visit_date, team_level
    ORDER BY replaces DESC, finished DESC NULLS LAST, _root_uuid DESC
) = 1
ORDER BY club_code, visit_date, _root_uuid
