-- Where everybody with a code stands now; without a row: no longer there.
SELECT p._root_uuid AS root_uuid, p.identity, p._row AS row, coalesce(p.own_code, p.code) AS code
FROM person p
LEFT JOIN code_row known
    ON known.kind = 'member' AND known.root_uuid = p._root_uuid AND known.identity = p.identity
WHERE known.row IS DISTINCT FROM p._row
UNION ALL
SELECT known.root_uuid, known.identity, CAST(NULL AS BIGINT), known.code
FROM code_row known
LEFT JOIN person p ON p._root_uuid = known.root_uuid AND p.identity = known.identity
WHERE known.kind = 'member' AND known.row IS NOT NULL AND p._row IS NULL
    AND known.root_uuid IN (SELECT _root_uuid FROM submission)
