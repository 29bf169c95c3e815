-- Recommendations that have a code already; a corrected text keeps the code of its row.
SELECT _root_uuid, identity, own_code AS code FROM action_row WHERE own_code IS NOT NULL
UNION ALL
SELECT s._root_uuid, s.identity, before.code
FROM action_row s
JOIN code_row before
    ON before.kind = 'action' AND before.root_uuid = s._root_uuid AND before.row = s._row
LEFT JOIN action_row claimed ON claimed.own_code = before.code
WHERE s.own_code IS NULL AND claimed.own_code IS NULL
