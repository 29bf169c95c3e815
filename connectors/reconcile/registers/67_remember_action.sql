-- Where every recommendation stands now; without a row: no longer there.
SELECT
    s._root_uuid AS root_uuid, s.identity, s._row AS row, coalesce(known.code, issued.code) AS code
FROM action_row s
LEFT JOIN action_known known USING (_root_uuid, identity)
LEFT JOIN code_row issued
    ON issued.kind = 'action' AND issued.root_uuid = s._root_uuid AND issued.identity = s.identity
WHERE issued.row IS DISTINCT FROM s._row
UNION ALL
SELECT old.root_uuid, old.identity, CAST(NULL AS BIGINT), old.code
FROM code_row old
LEFT JOIN action_row s ON s._root_uuid = old.root_uuid AND s.identity = old.identity
WHERE old.kind = 'action' AND old.row IS NOT NULL AND s._row IS NULL
    AND old.root_uuid IN (SELECT _root_uuid FROM submission)
