-- One row a member listed by name, with what monthly reports said since. Somebody who left and
-- joined again, by a person's decision, is there again.
WITH listed AS (
    SELECT
        member_code, club_code, said_in, _source, _id, _root_uuid, _row,
        min(joined_on) OVER person AS joined_on,
        max(joined_on) OVER person AS joined_again_on,
        row_number() OVER (
            PARTITION BY member_code
            ORDER BY code <> member_code, NOT surviving, joined_on, _root_uuid, _row
        ) AS place
    FROM person
    WHERE counts
    WINDOW person AS (PARTITION BY member_code)
),
chosen AS (SELECT listed.* FROM listed, run WHERE place = 1 AND joined_on <= run.as_of),
gone AS (
    SELECT
        member_code, arg_min(l.left_on, l.month) AS left_on, arg_min(l.left_how, l.month) AS left_how
    FROM member_left l JOIN chosen c USING (member_code)
    WHERE c.joined_again_on = c.joined_on OR l.left_on >= c.joined_again_on
    GROUP BY member_code
),
changed AS (
    SELECT
        coalesce(a.member_code, c.changed_code) AS member_code,
        arg_max(c.changed_household, w.month) FILTER (WHERE c.changed_household IS NOT NULL)
            AS household,
        arg_max(c.changed_needs, w.month) FILTER (WHERE c.changed_needs IS NOT NULL) AS needs
    FROM monthly_activity_report__changed_member c
    JOIN monthly w USING (_source, _id)
    LEFT JOIN member_alias a ON a.code = c.changed_code
    WHERE w.wins AND c.changed_code IS NOT NULL
    GROUP BY ALL
),
described AS (
    SELECT
        c.*, m.member_name, m.member_sex AS sex, m.member_birth_year AS birth_year,
        m.member_household AS household, m.member_needs AS needs, m.member_volunteer AS volunteer
    FROM chosen c JOIN club_registration__member m USING (_source, _id, _row)
    WHERE c.said_in = 'roster'
    UNION ALL
    SELECT
        c.*, j.joined_name, j.joined_sex, j.joined_birth_year, j.joined_household, j.joined_needs,
        NULL
    FROM chosen c JOIN monthly_activity_report__joined j USING (_source, _id, _row)
    WHERE c.said_in <> 'roster'
)
SELECT
    d.member_code, d.club_code, d.member_name, d.sex, d.birth_year,
    coalesce(changed.household, d.household) AS household,
    coalesce(changed.needs, d.needs) = 'yes' AS needs_support,
    d.volunteer = 'yes' AS volunteer,
    d.joined_on, gone.left_on, gone.left_how,
    age_band(CAST(year(run.as_of) AS BIGINT) - d.birth_year) AS age_band,
    d._root_uuid, d._row
FROM described d
CROSS JOIN run
LEFT JOIN gone USING (member_code)
LEFT JOIN changed USING (member_code)
ORDER BY d.member_code
