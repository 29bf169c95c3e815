-- Thành viên có thể ghi hai lần, chưa có quyết định · members that may be listed twice, not decided
SELECT club_code, 'club_registration' AS form, 'member_name' AS question, count(*) AS found
FROM candidate
WHERE kind = 'member' AND coalesce(decided, 'not_sure') = 'not_sure'
GROUP BY club_code
