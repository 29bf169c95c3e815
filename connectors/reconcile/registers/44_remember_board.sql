-- Where everybody with a board code stands now; without a row: no longer there.
SELECT
    b._root_uuid AS root_uuid, b.identity, min(b._row) AS row,
    any_value(coalesce(b.own_code, b.code)) AS code
FROM board_said b
LEFT JOIN code_row known
    ON known.kind = 'board' AND known.root_uuid = b._root_uuid AND known.identity = b.identity
GROUP BY b._root_uuid, b.identity
HAVING any_value(known.row) IS DISTINCT FROM min(b._row)
UNION ALL
SELECT known.root_uuid, known.identity, CAST(NULL AS BIGINT), known.code
FROM code_row known
LEFT JOIN board_said b ON b._root_uuid = known.root_uuid AND b.identity = known.identity
WHERE known.kind = 'board' AND known.row IS NOT NULL AND b._row IS NULL
    AND known.root_uuid IN (SELECT _root_uuid FROM submission)
