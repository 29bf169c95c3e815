-- Ban chủ nhiệm có người giữ chức hơn $tolerance tháng mà chưa dự lớp ban đầu. Chỉ xét người vào ban
-- từ khi tỉnh bắt đầu ghi các lớp; lớp chỉ ghi số lượng người dự thì không xét được;
-- câu lạc bộ nhập từ Excel thì tính từ ngày của số liệu nhập
-- board members of more than $tolerance months without initial training. Only those who came since
-- the province began to record trainings, and not where a training says how many came, not who;
-- in a club that was only imported the months count from the day of the import
WITH began AS (SELECT province_code, min(starts_on) AS day FROM training GROUP BY province_code),
unnamed AS (
    SELECT DISTINCT club_code
    FROM training_club
    WHERE kind = 'initial' AND board_count > coalesce(len(board), 0)
),
trained AS (SELECT DISTINCT board_code FROM board_training WHERE kind = 'initial'),
taken_over AS (
    SELECT club_code, CAST(min(finished) AS DATE) AS day
    FROM submission
    WHERE counts
    GROUP BY club_code
    HAVING bool_and(_source = 'import' OR NOT registers)
)
SELECT b.club_code, 'training_record' AS form,
    count(*) AS board, count(*) FILTER (WHERE trained.board_code IS NULL) AS found
FROM board_member b
JOIN club ON club.club_code = b.club_code AND club.status = 'active'
JOIN began ON began.province_code = club.province_code AND b.since >= began.day
LEFT JOIN trained ON trained.board_code = b.board_code
LEFT JOIN unnamed ON unnamed.club_code = b.club_code
LEFT JOIN taken_over ON taken_over.club_code = b.club_code
WHERE b.until IS NULL AND unnamed.club_code IS NULL
    AND greatest(b.since, taken_over.day) < $as_of - to_months(CAST($tolerance AS INTEGER))
GROUP BY b.club_code
HAVING count(*) FILTER (WHERE trained.board_code IS NULL) > 0
