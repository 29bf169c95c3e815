-- Submissions that name a club in words. "words" stands for the commune and the words; it is a
-- keyed hash, the same for all that say the same.
WITH said AS (
    SELECT 'club_registration' AS form, _source, _id, _root_uuid, commune, club_words
    FROM club_registration
    WHERE club IS NULL AND coalesce(action, 'register') <> 'register'
    UNION ALL
    SELECT 'monthly_activity_report', _source, _id, _root_uuid, commune, club_words
    FROM monthly_activity_report
    WHERE club IS NULL
    UNION ALL
    SELECT 'loan_record', _source, _id, _root_uuid, commune, club_words
    FROM loan_record
    WHERE club IS NULL
    UNION ALL
    SELECT 'inspection_checklist', _source, _id, _root_uuid, commune, club_words
    FROM inspection_checklist
    WHERE club IS NULL
    UNION ALL
    SELECT 'member_survey', _source, _id, _root_uuid, commune, club_words
    FROM member_survey
    WHERE club IS NULL
)
SELECT said.*, keyed('words|' || coalesce(commune, '') || '|' || fold(club_words)) AS words
FROM said
WHERE club_words <> ''
