-- One row a member listed by name, with what monthly reports said since.
WITH gone AS (
    SELECT
        l.left_code AS member_code,
        arg_min(coalesce(l.left_on, CAST(w.month || '-01' AS DATE)), w.month) AS left_on,
        arg_min(l.left_how, w.month) AS left_how
    FROM monthly_activity_report__left_member l
    JOIN monthly w USING (_source, _id)
    WHERE w.wins AND l.left_code IS NOT NULL
    GROUP BY l.left_code
),
changed AS (
    SELECT
        c.changed_code AS member_code,
        arg_max(c.changed_household, w.month) FILTER (WHERE c.changed_household IS NOT NULL)
            AS household,
        arg_max(c.changed_needs, w.month) FILTER (WHERE c.changed_needs IS NOT NULL) AS needs
    FROM monthly_activity_report__changed_member c
    JOIN monthly w USING (_source, _id)
    WHERE w.wins AND c.changed_code IS NOT NULL
    GROUP BY c.changed_code
)
SELECT
    code.code AS member_code,
    p.club_code,
    p.member_name,
    p.sex,
    p.birth_year,
    coalesce(changed.household, p.household) AS household,
    coalesce(changed.needs, p.needs) = 'yes' AS needs_support,
    p.volunteer = 'yes' AS volunteer,
    p.joined_on,
    CASE WHEN gone.left_on <= run.as_of THEN gone.left_on END AS left_on,
    CASE WHEN gone.left_on <= run.as_of THEN gone.left_how END AS left_how,
    age_band(CAST(year(run.as_of) AS BIGINT) - p.birth_year) AS age_band,
    p._root_uuid,
    p._row
FROM person p
JOIN issued_code code ON code.kind = 'member' AND code.key = p.key
CROSS JOIN run
LEFT JOIN gone ON gone.member_code = code.code
LEFT JOIN changed ON changed.member_code = code.code
WHERE p.counts AND p.joined_on <= run.as_of
ORDER BY code.code
