-- Clubs that merged, split or closed, and the clubs that came after them: those that the report of
-- the end names, and those whose registration says that they came out of this one. "heir" takes
-- over members, loans and balances: the only successor, if the report says that they are carried
-- over. "heir_counts" tells that the heir's own registration lists the members already.
WITH ended AS (
    SELECT club_code, on_date, status, _root_uuid
    FROM (
        SELECT *, row_number() OVER (PARTITION BY club_code ORDER BY place DESC) AS back
        FROM club_status
    )
    WHERE back = 1 AND status IN ('merged', 'split', 'closed')
),
named AS (
    SELECT e.club_code, a.club_code AS successor, false AS registers_it
    FROM (
        SELECT ended.club_code, unnest(r.other_clubs) AS said
        FROM ended JOIN club_event r USING (club_code, _root_uuid)
    ) e
    JOIN club_alias a ON a.code = e.said
    UNION ALL
    SELECT a.club_code, r.club_code, true
    FROM (
        SELECT club_code, unnest(other_clubs) AS said
        FROM club_event
        WHERE happened = 'register' AND founded_from IN ('split', 'merge')
    ) r
    JOIN club_alias a ON a.code = r.said
),
successor AS (
    SELECT club_code, successor, bool_or(registers_it) AS registers_it
    FROM named
    WHERE successor <> club_code
    GROUP BY club_code, successor
),
after AS (
    SELECT
        club_code, list(successor ORDER BY successor) AS successors,
        bool_or(registers_it) AS registers_it
    FROM successor
    GROUP BY club_code
)
SELECT
    e.club_code, e.on_date, e.status, r.settlement, e._root_uuid,
    coalesce(after.successors, []) AS successors,
    CASE WHEN r.settlement = 'carried_over' AND len(after.successors) = 1
        THEN after.successors[1] END AS heir,
    coalesce(after.registers_it, false) AS heir_counts
FROM ended e
JOIN club_event r USING (club_code, _root_uuid)
LEFT JOIN after USING (club_code)
ORDER BY e.club_code
