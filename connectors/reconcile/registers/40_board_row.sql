-- Boards as they were said, row by row: each registration or update that names a board is a list.
-- The same person named again (name and year of birth) is one, whatever the role.
WITH said AS (
    SELECT
        e.club_code, e.event_date, e.place, b._source, b._id, b._root_uuid, b._row,
        identity(b.board_name, b.board_birth_year, '') AS identity
    FROM club_registration__board b
    JOIN club_event e USING (_source, _id)
    WHERE e.happened IN ('register', 'update')
)
SELECT
    said.*, known.code AS own_code,
    dense_rank() OVER (PARTITION BY club_code ORDER BY place) AS list_number
FROM said
LEFT JOIN code_row known
    ON known.kind = 'board' AND known.root_uuid = said._root_uuid
    AND known.identity = said.identity
