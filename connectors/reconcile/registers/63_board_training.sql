-- One row a board member and training: who had the initial training, and a refresher in which year.
SELECT DISTINCT
    b.board_code, c.club_code, c.kind, c.starts_on AS on_date, c.year, c._root_uuid
FROM (SELECT *, unnest(board) AS said_code FROM training_club) c
JOIN board_alias b ON b.code = c.said_code
ORDER BY b.board_code, c.starts_on, c._root_uuid
