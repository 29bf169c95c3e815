-- One row a club at a training: how many of its board and other members came. club_code stays empty
-- when nobody registered the club that is named in words.
SELECT
    t._root_uuid, p._row, c.club_code, t.kind, t.starts_on,
    t.year, p.part_board AS board,
    coalesce(len(p.part_board), 0) + coalesce(p.part_board_unlisted, 0)
        + coalesce(p.part_board_count, 0) AS board_count,
    p.part_board_women AS board_women, p.part_members AS members, p.part_members_women AS women,
    t._source, t._id
FROM training t
JOIN training_record__club_part p USING (_source, _id)
JOIN club_part c USING (_source, _id, _row)
ORDER BY t.starts_on, t._root_uuid, p._row
