-- One row a recommendation of an inspection, with what later visits of the club said of it. It is
-- open until a visit says that it is done.
WITH coded AS (
    SELECT s.*, coalesce(known.code, issued.code) AS action_code
    FROM action_row s
    LEFT JOIN action_known known USING (_root_uuid, identity)
    LEFT JOIN code_row issued
        ON issued.kind = 'action' AND issued.root_uuid = s._root_uuid
        AND issued.identity = s.identity
),
followed AS (
    SELECT
        f.follow_action AS action_code,
        arg_max(f.follow_state, (i.visit_date, i._root_uuid, f._row)) AS state,
        max(i.visit_date) AS on_date
    FROM inspection_checklist__follow_up f
    JOIN inspection i USING (_source, _id)
    WHERE f.follow_action IS NOT NULL AND f.follow_state IS NOT NULL
    GROUP BY f.follow_action
)
SELECT
    c.action_code, c.club_code, c.visit_date, r.recommend_what AS what, r.recommend_who AS who,
    r.recommend_by AS by_date, coalesce(followed.state, 'not') AS state,
    followed.on_date AS followed_on, coalesce(followed.state, 'not') <> 'done' AS open,
    c._root_uuid, c._row
FROM coded c
JOIN inspection_checklist__recommendation r USING (_source, _id, _row)
LEFT JOIN followed USING (action_code)
ORDER BY c.action_code
