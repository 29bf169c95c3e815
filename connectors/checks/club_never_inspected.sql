-- Hoạt động hơn $tolerance tháng mà chưa được kiểm tra lần nào; câu lạc bộ nhập từ Excel thì tính từ
-- ngày của số liệu nhập, vì những lần kiểm tra trước đó không có trong hệ thống
-- active for more than $tolerance months and never inspected; of a club that was only imported those
-- since the day of the import, as nothing is known of earlier visits
WITH taken_over AS (
    SELECT club_code, CAST(min(finished) AS DATE) AS day
    FROM submission
    WHERE counts
    GROUP BY club_code
    HAVING bool_and(_source = 'import' OR NOT registers)
)
SELECT club.club_code, 'inspection_checklist' AS form
FROM club
LEFT JOIN inspection ON inspection.club_code = club.club_code
LEFT JOIN taken_over ON taken_over.club_code = club.club_code
WHERE club.status = 'active' AND inspection.club_code IS NULL
    AND coalesce(
        greatest(club.founded_on, taken_over.day)
            < $as_of - to_months(CAST($tolerance AS INTEGER)), true)
