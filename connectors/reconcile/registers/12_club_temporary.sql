-- The codes under which phones knew a club between its registration and the registers' own code
-- (entity lists of ODK Central). A form without the question has none: then the name finds the
-- empty column beside it.
SELECT DISTINCT
    coalesce(same.same_as, issued_code.code) AS club_code, said.given AS temporary_code
FROM (SELECT CAST(NULL AS VARCHAR) AS temporary_code) AS otherwise
CROSS JOIN LATERAL (
    SELECT registered.key, CAST(temporary_code AS VARCHAR) AS given FROM registered
) AS said
JOIN issued_code ON issued_code.kind = 'club' AND issued_code.key = said.key
LEFT JOIN same_as same ON same.kind = 'club' AND same.code = issued_code.code
WHERE said.given <> ''
ORDER BY club_code, temporary_code
