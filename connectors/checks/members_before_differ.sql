-- Số thành viên đầu tháng khác cuối tháng trước và cũng khác đầu tháng trước (không phải do danh
-- sách cũ trên điện thoại) · neither the end of the month before nor, from an old list on the
-- phone, its beginning
WITH book AS (
    SELECT club_code, month, _source, _id, _root_uuid, members_before,
        lag(month) OVER months AS last_month,
        lag(members_now) OVER months AS last_now,
        lag(members_before) OVER months AS last_before
    FROM club_month
    WINDOW months AS (PARTITION BY club_code ORDER BY month)
)
SELECT club_code, month, 'monthly_activity_report' AS form, _source, _id, _root_uuid,
    'members_before' AS question, last_now AS expected, members_before AS found, last_month
FROM book
WHERE strftime(CAST(last_month || '-01' AS DATE) + INTERVAL 1 MONTH, '%Y-%m') = month
    AND abs(members_before - last_now) > $tolerance
    AND abs(members_before - last_before) > $tolerance
    -- câu lạc bộ khác nhập vào, hoặc tách ra · another club came in, or came out of this one
    AND NOT EXISTS (
        SELECT 1
        FROM club_settlement e
        WHERE (list_contains(e.successors, book.club_code) OR e.club_code = book.club_code)
            AND strftime(e.on_date, '%Y-%m') BETWEEN book.last_month AND book.month
    )
