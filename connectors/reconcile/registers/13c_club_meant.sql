-- Submissions that name a club in words, with the club that a person said they mean: one of them, or
-- all that say the same words in the same commune.
SELECT form, _source, _root_uuid, club_code FROM meant
UNION ALL
SELECT w.form, w._source, w._root_uuid, min(d.right_code)
FROM club_in_words w
JOIN decided d ON d.kind = 'words' AND d.left_code = w.words AND d.decision = 'same'
WHERE NOT EXISTS (
    SELECT 1 FROM meant m
    WHERE m.form = w.form AND m._source = w._source AND m._root_uuid = w._root_uuid
)
GROUP BY w.form, w._source, w._root_uuid
