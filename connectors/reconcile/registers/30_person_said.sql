-- Everybody listed by name: first rosters, then those who joined. The same person in a report and
-- in its replacement keeps one key, and so one code: same name, year of birth and sex.
WITH said AS (
    SELECT
        k.club_code, 'r' || g.origin AS said_in, g.event_date, g."end" AS finished, g.counts,
        m._root_uuid, m._row, m.member_name, m.member_sex AS sex,
        m.member_birth_year AS birth_year, m.member_household AS household,
        m.member_needs AS needs, m.member_volunteer AS volunteer,
        coalesce(m.member_joined, g.event_date) AS joined_on
    FROM club_registration__member m
    JOIN registered g USING (_source, _id)
    JOIN club_known k ON k._root_uuid = g._root_uuid
    UNION ALL
    SELECT
        w.club_code, 'm' || w.month, CAST(w.month || '-01' AS DATE), w.finished, w.wins,
        j._root_uuid, j._row, j.joined_name, j.joined_sex, j.joined_birth_year,
        j.joined_household, j.joined_needs, NULL,
        coalesce(j.joined_on, CAST(w.month || '-01' AS DATE))
    FROM monthly_activity_report__joined j
    JOIN monthly w USING (_source, _id)
),
numbered AS (
    SELECT
        said.*,
        row_number() OVER (
            PARTITION BY _root_uuid, fold(member_name), birth_year, sex ORDER BY _row
        ) AS namesake
    FROM said
)
SELECT
    n.*,
    first_value(n._root_uuid || '/' || n._row) OVER (
        PARTITION BY club_code, said_in, fold(member_name), birth_year, sex, namesake
        ORDER BY issued.code IS NULL, finished, n._root_uuid, n._row
    ) AS key
FROM numbered n
LEFT JOIN issued_code issued
    ON issued.kind = 'member' AND issued.key = n._root_uuid || '/' || n._row
