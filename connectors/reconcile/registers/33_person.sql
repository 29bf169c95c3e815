-- Everybody listed by name with the code of the person, and the code it leads to when people
-- decided that two are the same.
WITH fresh AS (
    SELECT s.club_code, s.said_in, s.identity, min(issued.code) AS code
    FROM code_member c
    JOIN code_row issued
        ON issued.kind = 'member' AND issued.root_uuid = c._root_uuid
        AND issued.identity = c.identity
    JOIN person_said s ON s._root_uuid = c._root_uuid AND s.identity = c.identity
    GROUP BY ALL
),
person_code AS (
    SELECT * FROM person_known UNION ALL SELECT * FROM fresh
)
SELECT
    s.* EXCLUDE (finished, event_date), person_code.code,
    coalesce(same.same_as, person_code.code) AS member_code
FROM person_said s
JOIN person_code USING (club_code, said_in, identity)
LEFT JOIN same_as same ON same.kind = 'member' AND same.code = person_code.code
