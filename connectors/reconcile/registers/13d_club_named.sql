-- Names that exactly one club of a commune has or had: who says them in words means that club.
SELECT commune_code, folded, any_value(club_code) AS club_code
FROM club_known
WHERE folded <> ''
GROUP BY commune_code, folded
HAVING count(DISTINCT club_code) = 1
