-- Báo cáo của tháng kết thúc trước ngày thành lập · reports of months that ended before the founding
SELECT m.club_code, m.month, 'monthly_activity_report' AS form, m._source, m._id, m._root_uuid,
    'month' AS question, club.founded_on AS expected, m.month AS found
FROM club_month m
JOIN club ON club.club_code = m.club_code
WHERE last_day(CAST(m.month || '-01' AS DATE)) < club.founded_on
