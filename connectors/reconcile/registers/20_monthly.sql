-- Monthly reports, and which one wins: replacements first, then the later one.
WITH said AS (
    SELECT
        s.club_code, strftime(m.month, '%Y-%m') AS month, m._source, m._id, m._root_uuid,
        m."end" AS finished, coalesce(m.report_kind = 'replaces', false) AS replaces
    FROM monthly_activity_report m
    JOIN submission s
        ON s.form = 'monthly_activity_report' AND s._source = m._source AND s._id = m._id
    WHERE s.counts AND s.club_code IS NOT NULL
),
several AS (
    SELECT club_code, month, count(*) AS reports
    FROM said
    GROUP BY club_code, month
    HAVING count(*) > 1
),
-- most months have one report: only the others have an order to be found
ranked AS (
    SELECT
        _source, _id, reports,
        row_number() OVER (
            PARTITION BY club_code, month
            ORDER BY replaces DESC, finished DESC NULLS LAST, _root_uuid DESC
        ) = 1 AS wins
    FROM said JOIN several USING (club_code, month)
)
SELECT said.*, coalesce(ranked.wins, true) AS wins, coalesce(ranked.reports, 1) AS reports
FROM said LEFT JOIN ranked USING (_source, _id)
