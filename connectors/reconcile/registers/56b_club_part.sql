-- Rows of trainings with the club that they speak of: by code, by what a person said that the words
-- mean, or by name when exactly one club of the commune is called so. "words" stands for the commune
-- and the words, as in club_in_words.
WITH said AS (
    SELECT
        p._source, p._id, p._root_uuid, p._row, p.part_club,
        CASE WHEN p.part_club IS NULL AND p.part_club_words <> '' THEN p.part_club_words
            END AS club_words,
        coalesce(p.part_area, p.part_commune) AS commune,
        coalesce(x.candidates[1], p.part_area, p.part_commune) AS commune_code
    FROM training_record__club_part p
    LEFT JOIN place_said x
        ON x.commune = coalesce(p.part_area, p.part_commune)
        AND x.province IS NOT DISTINCT FROM p.part_province AND len(x.candidates) = 1
),
worded AS (
    SELECT *, keyed('words|' || coalesce(commune, '') || '|' || fold(club_words)) AS words
    FROM said
),
ruled AS (
    SELECT d.left_code AS words, min(coalesce(a.club_code, d.right_code)) AS club_code
    FROM decided d
    LEFT JOIN club_alias a ON a.code = d.right_code
    WHERE d.kind = 'words' AND d.decision = 'same'
    GROUP BY d.left_code
)
SELECT
    w._source, w._id, w._root_uuid, w._row, w.club_words, w.words, w.commune_code,
    coalesce(listed.club_code, ruled.club_code, named.club_code) AS club_code
FROM worded w
LEFT JOIN club_alias listed ON listed.code = w.part_club
LEFT JOIN ruled ON ruled.words = w.words
LEFT JOIN club_named named ON named.commune_code = w.commune_code AND named.folded = fold_club(w.club_words)
