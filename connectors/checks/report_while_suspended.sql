-- Báo cáo của tháng nằm trọn trong thời gian tạm dừng · reports of months wholly within a suspension
WITH rest AS (
    SELECT club_code, status, on_date AS since,
        lead(on_date) OVER (PARTITION BY club_code ORDER BY place) AS until
    FROM club_status
)
SELECT m.club_code, m.month, 'monthly_activity_report' AS form, m._source, m._id, m._root_uuid,
    'month' AS question, rest.since AS expected, m.month AS found
FROM club_month m
JOIN rest ON rest.club_code = m.club_code AND rest.status = 'suspended'
WHERE CAST(m.month || '-01' AS DATE) > rest.since
    AND (rest.until IS NULL OR last_day(CAST(m.month || '-01' AS DATE)) < rest.until)
