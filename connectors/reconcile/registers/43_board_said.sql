-- Boards as they were said, with the code of each person.
WITH fresh AS (
    SELECT c.scope AS club_code, c.identity, issued.code
    FROM code_board c
    JOIN code_row issued
        ON issued.kind = 'board' AND issued.root_uuid = c._root_uuid
        AND issued.identity = c.identity
),
person_code AS (
    SELECT * FROM board_known UNION ALL SELECT * FROM fresh
)
SELECT
    s.*, code, b.board_name, b.board_sex AS sex, b.board_birth_year AS birth_year,
    b.board_role AS role, coalesce(b.board_since, s.event_date) AS since
FROM board_row s
JOIN person_code USING (club_code, identity)
JOIN club_registration__board b USING (_source, _id, _row)
