-- Boards as they were said, one list a registration or update that names a board; the same person
-- named again (name and year of birth) keeps one key, and so one code.
WITH said AS (
    SELECT
        e.club_code, e.event_date, e.place, b._root_uuid, b._row, b.board_name,
        b.board_sex AS sex, b.board_birth_year AS birth_year, b.board_role AS role,
        coalesce(b.board_since, e.event_date) AS since
    FROM club_registration__board b
    JOIN club_event e USING (_source, _id)
    WHERE e.happened IN ('register', 'update')
)
SELECT
    said.*,
    first_value(said._root_uuid || '/' || said._row) OVER (
        PARTITION BY club_code, fold(board_name), birth_year
        ORDER BY issued.code IS NULL, place, said._row
    ) AS key,
    dense_rank() OVER (PARTITION BY club_code ORDER BY place) AS list_number
FROM said
LEFT JOIN issued_code issued
    ON issued.kind = 'board' AND issued.key = said._root_uuid || '/' || said._row
