-- Members who may be listed twice, and why: in a club with names up to a letter apart, in the clubs
-- of a commune with one name. Members of two clubs that may be one wait for the clubs' decision.
WITH within AS (
    SELECT a.code AS one, b.code AS other, a.* EXCLUDE (code), b AS b
    FROM member_face a
    JOIN member_face b
        ON b.club_code = a.club_code AND b.head = a.head AND a.code <> b.code
        AND b.birth_year - a.birth_year IN (0, 1)
        AND (a.given = b.given OR damerau_levenshtein(a.given, b.given) = 1)
        AND (a.birth_year < b.birth_year OR a.code < b.code)
    UNION ALL
    SELECT a.code, b.code, a.* EXCLUDE (code), b
    FROM member_face a
    JOIN member_face b
        ON b.club_code = a.club_code AND b.given = a.given AND a.code <> b.code
        AND b.birth_year - a.birth_year IN (0, 1)
        AND a.head <> b.head AND damerau_levenshtein(a.head, b.head) = 1
        AND (a.birth_year < b.birth_year OR a.code < b.code)
    UNION ALL
    -- without a year of birth the whole name has to be the same
    SELECT a.code, b.code, a.* EXCLUDE (code), b
    FROM member_face a
    JOIN member_face b
        ON b.club_code = a.club_code AND b.folded = a.folded AND a.code <> b.code
        AND a.birth_year IS NULL AND (b.birth_year IS NOT NULL OR a.code < b.code)
),
across AS (
    SELECT a.code, b.code, a.* EXCLUDE (code), b
    FROM member_face a
    JOIN member_face b
        ON b.commune_code = a.commune_code AND b.folded = a.folded
        AND b.birth_year = a.birth_year AND b.club_code > a.club_code
    WHERE NOT EXISTS (
        SELECT 1 FROM match_club m
        LEFT JOIN decided d
            ON d.kind = 'club' AND d.left_code = m.left_code AND d.right_code = m.right_code
        WHERE m.left_code = a.club_code AND m.right_code = b.club_code
            AND d.decision IS DISTINCT FROM 'different'
    )
),
ruled AS (
    SELECT a.code, b.code, a.* EXCLUDE (code), b
    FROM decided d
    JOIN member_face a ON a.code = d.left_code
    JOIN member_face b ON b.code = d.right_code
    WHERE d.kind = 'member'
),
every AS (
    SELECT * FROM within UNION ALL SELECT * FROM across UNION ALL SELECT * FROM ruled
),
bearer AS (
    SELECT folded, count(*) AS bearers
    FROM member_face
    WHERE folded IN (SELECT folded FROM across)
    GROUP BY folded
),
reasoned AS (
    SELECT every.*, reasons_of([
        CASE WHEN folded = b.folded AND marks_agree(marked(name), marked(b.name)) THEN 'name_same'
            WHEN folded = b.folded AND birth_year = b.birth_year
                AND tones_differ(marked(name), marked(b.name)) THEN 'name_tone'
            WHEN folded = b.folded THEN 'name_marks'
            WHEN damerau_levenshtein(folded, b.folded) = 1
                AND numbers(folded) = numbers(b.folded)
                AND NOT regexp_matches(folded || b.folded, '[0-9]') THEN 'name_letter' END,
        CASE WHEN folded = b.folded AND bearers >= 5 AND club_code <> b.club_code
            THEN 'name_common' END,
        CASE WHEN birth_year = b.birth_year THEN 'year_same'
            WHEN abs(birth_year - b.birth_year) = 1 THEN 'year_near' END,
        CASE WHEN sex = b.sex THEN 'sex_same' WHEN sex <> b.sex THEN 'sex_differs' END,
        CASE WHEN club_code = b.club_code THEN 'club_same'
            WHEN commune_code = b.commune_code THEN 'commune_same' END,
        CASE WHEN joined_on = b.joined_on THEN 'joined_same' END,
        CASE WHEN left_on <= b.joined_on OR b.left_on <= joined_on THEN 'left_before' END
    ]) AS reasons
    FROM every LEFT JOIN bearer USING (folded)
),
scored AS (
    SELECT
        least(one, other) AS left_code, greatest(one, other) AS right_code, reasons,
        score('member', reasons) AS score, one < other AS in_order,
        CASE WHEN one < other THEN b.club_code ELSE club_code END AS club_code,
        CASE WHEN one < other THEN b.commune_code ELSE commune_code END AS commune_code,
        CASE WHEN one < other THEN b._root_uuid ELSE _root_uuid END AS _root_uuid,
        {'name': name, 'commune_code': commune_code, 'on_date': joined_on,
            'birth_year': birth_year, 'club_code': club_code} AS one_shown,
        {'name': b.name, 'commune_code': b.commune_code, 'on_date': b.joined_on,
            'birth_year': b.birth_year, 'club_code': b.club_code} AS other_shown
    FROM reasoned
)
SELECT
    'member' AS kind, left_code, right_code, any_value(reasons) AS reasons,
    any_value(score) AS score, any_value(club_code) AS club_code,
    any_value(commune_code) AS commune_code, any_value(_root_uuid) AS _root_uuid,
    any_value(CASE WHEN in_order THEN one_shown ELSE other_shown END) AS left_shown,
    any_value(CASE WHEN in_order THEN other_shown ELSE one_shown END) AS right_shown
FROM scored
WHERE score >= least_score('member') OR EXISTS (
    SELECT 1 FROM decided d
    WHERE d.kind = 'member' AND d.left_code = scored.left_code
        AND d.right_code = scored.right_code
)
GROUP BY left_code, right_code
