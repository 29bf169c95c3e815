-- One row a term on a board: a role held from one list to the first list that no longer has it.
WITH lists AS (
    SELECT DISTINCT club_code, list_number, event_date FROM board_said
),
terms AS (
    SELECT
        b.*,
        lag(list_number) OVER w AS list_before,
        lead(list_number) OVER w AS list_after
    FROM board_said b
    WINDOW w AS (PARTITION BY club_code, key, role ORDER BY list_number, _row)
),
starts AS (
    SELECT terms.*, (
        SELECT min(l.event_date)
        FROM lists l
        WHERE l.club_code = terms.club_code AND l.list_number > terms.list_number
            AND NOT EXISTS (
                SELECT 1 FROM board_said again
                WHERE again.club_code = terms.club_code AND again.key = terms.key
                    AND again.role IS NOT DISTINCT FROM terms.role
                    AND again.list_number = l.list_number
            )
    ) AS until
    FROM terms
    WHERE list_before IS NULL OR list_before < list_number - 1
)
SELECT
    code.code AS board_code, s.club_code, s.board_name, s.sex, s.birth_year, s.role, s.since,
    s.until, s._root_uuid, s._row
FROM starts s
JOIN issued_code code ON code.kind = 'board' AND code.key = s.key
ORDER BY code.code, s.since
