-- Báo cáo của tháng bắt đầu sau ngày giải thể, sáp nhập · reports of months that began after the end
SELECT m.club_code, m.month, 'monthly_activity_report' AS form, m._source, m._id, m._root_uuid,
    'month' AS question, club.status_on AS expected, m.month AS found
FROM club_month m
JOIN club ON club.club_code = m.club_code AND club.status IN ('closed', 'merged')
WHERE CAST(m.month || '-01' AS DATE) > club.status_on
