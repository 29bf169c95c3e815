-- Monthly reports in the order in which they win: replacements first, then the later one.
SELECT
    s.club_code,
    strftime(m.month, '%Y-%m') AS month,
    m._source, m._id, m._root_uuid,
    m."end" AS finished,
    coalesce(m.report_kind = 'replaces', false) AS replaces,
    row_number() OVER (
        PARTITION BY s.club_code, strftime(m.month, '%Y-%m')
        ORDER BY coalesce(m.report_kind = 'replaces', false) DESC, m."end" DESC NULLS LAST,
            m._root_uuid DESC
    ) = 1 AS wins,
    count(*) OVER (PARTITION BY s.club_code, strftime(m.month, '%Y-%m')) AS reports
FROM monthly_activity_report m
JOIN submission s ON s.form = 'monthly_activity_report' AND s._source = m._source AND s._id = m._id
WHERE s.counts AND s.club_code IS NOT NULL
