-- One row a term on a board: a role held from one list to the first list that no longer has it.
-- Whose data are restricted is not named.
WITH list AS (
    SELECT club_code, list_number, min(event_date) AS event_date
    FROM board_said
    GROUP BY club_code, list_number
),
held AS (
    SELECT
        b.*,
        lag(list_number) OVER w AS list_before,
        list_number - row_number() OVER w AS spell
    FROM (
        SELECT * FROM board_said
        QUALIFY row_number() OVER (
            PARTITION BY club_code, code, role, list_number ORDER BY _row
        ) = 1
    ) b
    WINDOW w AS (PARTITION BY club_code, code, role ORDER BY list_number)
),
term AS (
    SELECT *, max(list_number) OVER (PARTITION BY club_code, code, role, spell) AS last_list
    FROM held
    QUALIFY list_before IS NULL OR list_before < list_number - 1
)
SELECT
    t.code AS board_code, t.club_code,
    CASE WHEN restricted.code IS NULL THEN t.board_name END AS board_name, t.sex, t.birth_year, t.role, t.since,
    next.event_date AS until, t._root_uuid, t._row
FROM term t
LEFT JOIN list next ON next.club_code = t.club_code AND next.list_number = t.last_list + 1
LEFT JOIN restricted ON restricted.code = t.code
ORDER BY t.code, t.since, t.role
