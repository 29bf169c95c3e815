-- Every code that a report may name, and the club it leads to: the register's own, the one that a
-- phone gave until the register did, and codes that lost when clubs were found to be the same.
SELECT code, club_code FROM club_known
UNION
SELECT temporary_code, min(club_code) FROM club_temporary GROUP BY temporary_code
ORDER BY code, club_code
