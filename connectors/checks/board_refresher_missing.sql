-- Người trong ban chủ nhiệm từ trước năm nay chưa dự lớp nào trong năm, khi ít nhất $tolerance % câu
-- lạc bộ của tỉnh đã dự; lớp chỉ ghi số lượng thì không xét được; câu lạc bộ nhập từ Excel thì xét từ
-- năm sau · who was on the board before this year and had no training in it, once $tolerance % of the
-- province's clubs had one; not where a training says how many came, not who; in a club that was only
-- imported, from the next year on
WITH came AS (
    SELECT club_code, count(*) FILTER (WHERE board_count > coalesce(len(board), 0)) AS unnamed
    FROM training_club
    WHERE club_code IS NOT NULL AND year = year($as_of)
    GROUP BY club_code
),
held AS (
    SELECT club.province_code
    FROM club LEFT JOIN came ON came.club_code = club.club_code
    WHERE club.status = 'active'
    GROUP BY club.province_code
    HAVING count(came.club_code) * 100 >= count(*) * $tolerance
),
trained AS (SELECT DISTINCT board_code FROM board_training WHERE year = year($as_of)),
taken_over AS (
    SELECT club_code, CAST(min(finished) AS DATE) AS day
    FROM submission
    WHERE counts
    GROUP BY club_code
    HAVING bool_and(_source = 'import' OR NOT registers)
)
SELECT b.club_code, 'training_record' AS form, year($as_of) AS expected,
    count(*) AS board, count(*) FILTER (WHERE trained.board_code IS NULL) AS found
FROM board_member b
JOIN club ON club.club_code = b.club_code AND club.status = 'active'
JOIN held ON held.province_code = club.province_code
LEFT JOIN trained ON trained.board_code = b.board_code
LEFT JOIN came ON came.club_code = b.club_code
LEFT JOIN taken_over ON taken_over.club_code = b.club_code
WHERE b.until IS NULL AND coalesce(came.unnamed, 0) = 0
    AND greatest(b.since, taken_over.day) < make_date(CAST(year($as_of) AS INTEGER), 1, 1)
GROUP BY b.club_code
HAVING count(*) FILTER (WHERE trained.board_code IS NULL) > 0
