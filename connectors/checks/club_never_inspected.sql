-- Hoạt động hơn $tolerance tháng mà chưa được kiểm tra lần nào
-- active for more than $tolerance months and never inspected
SELECT club.club_code, 'inspection_checklist' AS form
FROM club
LEFT JOIN inspection ON inspection.club_code = club.club_code
WHERE club.status = 'active' AND inspection.club_code IS NULL
    AND coalesce(club.founded_on < $as_of - to_months(CAST($tolerance AS INTEGER)), true)
