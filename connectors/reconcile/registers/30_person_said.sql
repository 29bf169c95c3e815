-- Everybody listed by name, row by row: in rosters, and among those who joined. "identity" stands
-- for name, year of birth, sex and the number among namesakes of one submission; it is a keyed
-- hash. "own_code" is the code that this row's person had in an earlier run.
WITH said AS (
    SELECT
        k.club_code, k.code = k.club_code AS surviving, 'roster' AS said_in, g.event_date,
        g."end" AS finished, g.counts, m._source, m._id, m._root_uuid, m._row,
        coalesce(m.member_joined, g.event_date) AS joined_on,
        identity(m.member_name, m.member_birth_year, m.member_sex) AS face
    FROM club_registration__member m
    JOIN registered g USING (_source, _id)
    JOIN club_known k USING (_source, _id)
    UNION ALL
    -- a roster that came later than the registration, from a workbook
    SELECT
        s.club_code, true, 'roster', s.event_date, s.finished, true, m._source, m._id,
        m._root_uuid, m._row, coalesce(m.member_joined, s.event_date),
        identity(m.member_name, m.member_birth_year, m.member_sex)
    FROM club_registration__member m
    JOIN submission s
        ON s.form = 'club_registration' AND s._source = m._source AND s._id = m._id
    WHERE s.counts AND NOT s.registers AND s.club_code IS NOT NULL
    UNION ALL
    SELECT
        w.club_code, true, w.month, CAST(w.month || '-01' AS DATE), w.finished, w.wins,
        j._source, j._id, j._root_uuid, j._row,
        coalesce(j.joined_on, CAST(w.month || '-01' AS DATE)),
        identity(j.joined_name, j.joined_birth_year, j.joined_sex)
    FROM monthly_activity_report__joined j
    JOIN monthly w USING (_source, _id)
),
numbered AS (
    SELECT * EXCLUDE (face), namesake(
        face, row_number() OVER (PARTITION BY _source, _id, face ORDER BY _row)
    ) AS identity
    FROM said
)
SELECT numbered.*, known.code AS own_code
FROM numbered
LEFT JOIN code_row known
    ON known.kind = 'member' AND known.root_uuid = numbered._root_uuid
    AND known.identity = numbered.identity
