-- Members as they were listed, by their own code, whatever people decided. "head" is the name
-- without its last word. Who was erased or has not consented is nobody's double. Members that moved
-- with their club are one person by the registers already.
WITH lost AS (
    SELECT p.code, p.club_code, p.joined_on, p.said_in, p._source, p._id, p._row
    FROM person p
    JOIN same_as s ON s.kind = 'member' AND s.code = p.code
    WHERE NOT EXISTS (SELECT 1 FROM restricted r WHERE r.code IN (p.code, s.same_as))
    QUALIFY row_number() OVER (PARTITION BY p.code ORDER BY p.counts DESC, p._root_uuid, p._row) = 1
),
said AS (
    SELECT member_code AS code, club_code, member_name AS name, sex, birth_year, joined_on, left_on,
        _root_uuid
    FROM member
    WHERE moved_to IS NULL
    UNION ALL
    SELECT l.code, l.club_code, m.member_name, m.member_sex, m.member_birth_year, l.joined_on, NULL,
        m._root_uuid
    FROM lost l JOIN club_registration__member m USING (_source, _id, _row)
    WHERE l.said_in = 'roster'
    UNION ALL
    SELECT l.code, l.club_code, j.joined_name, j.joined_sex, j.joined_birth_year, l.joined_on, NULL,
        j._root_uuid
    FROM lost l JOIN monthly_activity_report__joined j USING (_source, _id, _row)
    WHERE l.said_in <> 'roster'
),
folded AS (SELECT *, person(name) AS folded FROM said)
SELECT
    f.code, f.club_code, f.name, f.sex, f.birth_year, f.joined_on, f.left_on, f._root_uuid,
    f.folded, c.commune_code,
    regexp_replace(f.folded, ' [^ ]+$', '') AS head,
    regexp_extract(f.folded, '[^ ]+$') AS given
FROM folded f
JOIN club c ON c.club_code = f.club_code
WHERE f.folded <> '' AND NOT starts_with(f.name, '(')
