-- Một điện thoại gửi báo cáo của nhiều câu lạc bộ: chỉ để biết, không phải nghi ngờ
-- one phone that reports for many clubs: information, not suspicion
SELECT phone AS about, min(club_code) AS club_code, count(DISTINCT club_code) AS clubs,
    'monthly_activity_report' AS form
FROM filling
WHERE form = 'monthly_activity_report' AND phone IS NOT NULL AND club_code IS NOT NULL
GROUP BY phone
HAVING count(DISTINCT club_code) > $tolerance
