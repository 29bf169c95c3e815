-- Only for a programme without this form: no club took part in a training.
SELECT
    CAST(NULL AS VARCHAR) AS _source, CAST(NULL AS BIGINT) AS _id,
    CAST(NULL AS VARCHAR) AS _root_uuid, CAST(NULL AS BIGINT) AS _row,
    CAST(NULL AS VARCHAR) AS part_province, CAST(NULL AS VARCHAR) AS part_commune,
    CAST(NULL AS VARCHAR) AS part_area, CAST(NULL AS VARCHAR) AS part_club,
    CAST(NULL AS VARCHAR) AS part_club_words, CAST(NULL AS VARCHAR[]) AS part_board,
    CAST(NULL AS BIGINT) AS part_board_unlisted, CAST(NULL AS BIGINT) AS part_board_count,
    CAST(NULL AS BIGINT) AS part_board_women, CAST(NULL AS BIGINT) AS part_members,
    CAST(NULL AS BIGINT) AS part_members_women
WHERE false
