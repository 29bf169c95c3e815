-- One row a member listed by name, with what monthly reports said since. Somebody who left and
-- joined again, by a person's decision, is there again. When a club ends, whoever its successor
-- lists by name has moved there (moved_to); else members go on in the heir, under their old codes,
-- unless the heir counted its members anew; else they are members no longer.
WITH listed AS (
    SELECT
        member_code, club_code, identity, said_in, _source, _id, _root_uuid, _row,
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
-- members of clubs that ended, and where they are now
after AS (
    SELECT
        c.member_code, e.on_date,
        any_value(p.club_code) AS moved_club, min(p.member_code) AS moved_to,
        CASE WHEN min(p.member_code) IS NULL AND NOT e.heir_counts THEN any_value(h.holder) END
            AS holder,
        CASE WHEN e.settlement = 'carried_over' THEN 'moved' ELSE 'club_ended' END AS left_how
    FROM chosen c
    JOIN club_end e ON e.club_code = c.club_code
    LEFT JOIN gone USING (member_code)
    LEFT JOIN club_holder h ON h.club_code = c.club_code AND h.now
    LEFT JOIN person p
        ON list_contains(e.successors, p.club_code) AND p.identity = c.identity AND p.counts
        AND p.member_code <> c.member_code
    WHERE gone.left_on IS NULL OR gone.left_on > e.on_date
    GROUP BY c.member_code, e.on_date, e.heir_counts, e.settlement
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
    d.member_code, coalesce(after.holder, d.club_code) AS club_code,
    CASE WHEN restricted.code IS NULL THEN d.member_name END AS member_name, d.sex, d.birth_year,
    coalesce(changed.household, d.household) AS household,
    coalesce(changed.needs, d.needs) = 'yes' AS needs_support,
    d.volunteer = 'yes' AS volunteer,
    d.joined_on,
    CASE WHEN after.member_code IS NULL THEN gone.left_on
        WHEN after.holder IS NULL THEN after.on_date
        ELSE coalesce(gone.left_on, e.on_date) END AS left_on,
    CASE WHEN after.member_code IS NULL THEN gone.left_how
        WHEN after.holder IS NULL THEN after.left_how
        WHEN gone.left_on IS NOT NULL THEN gone.left_how
        WHEN e.on_date IS NOT NULL THEN 'club_ended' END AS left_how,
    CASE WHEN after.holder IS NOT NULL THEN d.club_code END AS moved_from,
    after.moved_to, after.moved_club,
    age_band(CAST(year(run.as_of) AS BIGINT) - d.birth_year) AS age_band,
    d._root_uuid, d._row
FROM described d
CROSS JOIN run
LEFT JOIN gone USING (member_code)
LEFT JOIN changed USING (member_code)
LEFT JOIN after USING (member_code)
LEFT JOIN club_end e ON e.club_code = after.holder
LEFT JOIN restricted ON restricted.code = d.member_code
ORDER BY d.member_code
