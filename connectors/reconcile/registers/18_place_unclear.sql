-- Submissions that a person has to place: their commune is none of today's, several or none may be
-- meant, and they register a club or speak of none that is known.
SELECT
    p.form, p._source, p._id, p._root_uuid, p.said_province, p.said_commune,
    CASE WHEN len(p.candidates) > 1 THEN 'split' ELSE 'unknown' END AS why, p.candidates
FROM place p
JOIN submission s ON s.form = p.form AND s._source = p._source AND s._id = p._id
WHERE p.commune_code IS NULL AND (s.club_code IS NULL OR s.registers) AND NOT s.refused
ORDER BY p.form, p._source, p._id
