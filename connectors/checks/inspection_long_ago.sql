-- Lần kiểm tra gần nhất cách đây hơn $tolerance tháng · the last visit is more than $tolerance months ago
SELECT club.club_code, 'inspection_checklist' AS form, max(inspection.visit_date) AS found
FROM club
JOIN inspection ON inspection.club_code = club.club_code
WHERE club.status = 'active'
GROUP BY club.club_code
HAVING max(inspection.visit_date) < $as_of - to_months(CAST($tolerance AS INTEGER))
