-- One row a club at a training: how many of its board and other members came. club_code stays empty
-- when nobody registered the club that is named in words.
WITH named AS (
    SELECT commune_code, folded, any_value(club_code) AS club_code
    FROM club_known
    WHERE folded <> ''
    GROUP BY commune_code, folded
    HAVING count(DISTINCT club_code) = 1
)
SELECT
    t._root_uuid, p._row, coalesce(a.club_code, named.club_code) AS club_code, t.kind, t.starts_on,
    t.year, p.part_board AS board,
    coalesce(len(p.part_board), 0) + coalesce(p.part_board_unlisted, 0)
        + coalesce(p.part_board_count, 0) AS board_count,
    p.part_board_women AS board_women, p.part_members AS members, p.part_members_women AS women,
    t._source, t._id
FROM training t
JOIN training_record__club_part p USING (_source, _id)
LEFT JOIN club_alias a ON a.code = p.part_club
LEFT JOIN place_said x
    ON x.commune = coalesce(p.part_area, p.part_commune) AND len(x.candidates) = 1
LEFT JOIN named
    ON p.part_club IS NULL AND named.folded = fold_club(p.part_club_words)
    AND named.commune_code = coalesce(x.candidates[1], p.part_area, p.part_commune)
ORDER BY t.starts_on, t._root_uuid, p._row
