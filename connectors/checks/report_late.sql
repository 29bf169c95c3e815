-- Báo cáo đầu tiên của tháng ghi xong và đến máy chủ sau hạn nộp ($due_day của tháng sau)
-- the first report of a month, finished and received after its due day ($due_day of the next month)
WITH sent AS (
    SELECT club_code, event_date, form, _source, _id, _root_uuid,
        -- giờ máy chủ là UTC · the server's time is UTC
        CAST(least(finished, _submission_time + INTERVAL 7 HOUR) AS DATE) AS sent_on,
        CAST(event_date + INTERVAL 1 MONTH + to_days($due_day - 1) AS DATE) AS due_on
    FROM submission
    WHERE form = 'monthly_activity_report' AND counts AND club_code IS NOT NULL
        AND _source <> 'import'
    QUALIFY row_number() OVER (
        PARTITION BY club_code, event_date
        ORDER BY least(finished, _submission_time + INTERVAL 7 HOUR), _root_uuid
    ) = 1
)
SELECT club_code, strftime(event_date, '%Y-%m') AS month, form, _source, _id, _root_uuid,
    due_on AS expected, sent_on AS found
FROM sent
WHERE sent_on > due_on
