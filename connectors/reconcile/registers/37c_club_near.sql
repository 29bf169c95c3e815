-- Pairs of clubs that are worth comparing: in one commune, or up to 15 km apart (by the middle of
-- the communes, or by where they meet), with one name or one founding decision; in one commune with
-- names one letter apart; anywhere with the same people in the rosters; and what people decided.
WITH pair AS (
    SELECT a.code AS one, b.code AS other
    FROM club_face a
    JOIN club_face b
        ON b.letters = a.letters AND b.code > a.code
        AND (b.commune_code = a.commune_code
            OR kilometres(a.latitude, a.longitude, b.latitude, b.longitude) <= 15
            OR kilometres(a.north, a.east, b.north, b.east) <= 15)
    UNION
    SELECT a.code, b.code
    FROM club_face a
    JOIN club_face b
        ON b.commune_code = a.commune_code AND b.code > a.code
        AND (one_letter(a.letters, b.letters)
            OR (a.decision <> '' AND a.decision = b.decision
                AND a.decision_date = b.decision_date))
),
-- who stands in the rosters of a few clubs; a name that many clubs have tells nothing
listed AS (
    SELECT DISTINCT f.code, p.identity
    FROM person p
    JOIN club_face f ON f._source = p._source AND f._id = p._id
    WHERE p.said_in = 'roster'
),
size AS (SELECT code, count(*) AS listed FROM listed GROUP BY code),
rare AS (
    SELECT code, identity FROM listed QUALIFY count(*) OVER (PARTITION BY identity) BETWEEN 2 AND 6
),
shared AS (
    SELECT a.code AS one, b.code AS other, count(*) AS shared
    FROM rare a JOIN rare b ON b.identity = a.identity AND b.code > a.code
    GROUP BY a.code, b.code
),
alike AS (
    SELECT one, other
    FROM shared
    JOIN size a ON a.code = one
    JOIN size b ON b.code = other
    WHERE shared >= 5 AND shared >= 0.5 * least(a.listed, b.listed)
),
every AS (
    SELECT one, other FROM pair
    UNION
    SELECT one, other FROM alike
    UNION
    SELECT left_code, right_code FROM decided WHERE kind = 'club'
)
SELECT
    every.one, every.other, coalesce(s.shared, 0) AS shared,
    coalesce(a.listed, 0) AS one_listed, coalesce(b.listed, 0) AS other_listed
FROM every
LEFT JOIN shared s USING (one, other)
LEFT JOIN size a ON a.code = every.one
LEFT JOIN size b ON b.code = every.other
