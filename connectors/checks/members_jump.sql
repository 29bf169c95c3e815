-- Số thành viên thay đổi hơn $tolerance % và hơn 10 người so với tháng trước
-- members changed by more than $tolerance % and ten persons against the month before
WITH book AS (
    SELECT club_code, month, _source, _id, _root_uuid, members_now,
        lag(month) OVER months AS last_month,
        lag(members_now) OVER months AS last_now
    FROM club_month
    WINDOW months AS (PARTITION BY club_code ORDER BY month)
)
SELECT club_code, month, 'monthly_activity_report' AS form, _source, _id, _root_uuid,
    'members_now' AS question, last_now AS expected, members_now AS found, last_month
FROM book
WHERE strftime(CAST(last_month || '-01' AS DATE) + INTERVAL 1 MONTH, '%Y-%m') = month
    AND abs(members_now - last_now) > greatest(10, last_now * $tolerance / 100)
    -- câu lạc bộ khác nhập vào, hoặc tách ra · another club came in, or came out of this one
    AND NOT EXISTS (
        SELECT 1
        FROM club_settlement e
        WHERE (list_contains(e.successors, book.club_code) OR e.club_code = book.club_code)
            AND strftime(e.on_date, '%Y-%m') BETWEEN book.last_month AND book.month
    )
