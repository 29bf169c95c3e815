-- Which months a club has to report: those it was active to the end of, from the month after its
-- founding, and from the month in which reporting began. It began with the first month that a
-- tenth of the usual number of clubs reported, so that one mistyped year does not move it, and not
-- before August 2025 (Decision 1648/QĐ-TTg). A club taken over from paper reports from the month
-- after the day of those data, or from its first own report.
WITH counted AS (
    SELECT month, count(*) AS clubs FROM club_month
    WHERE _source <> 'import' -- balances from before are no reports
    GROUP BY month
),
began AS (
    SELECT CASE WHEN min(month) < '2025-08' THEN '2025-08' ELSE min(month) END AS month
    FROM counted
    WHERE clubs * 10 >= (SELECT max(clubs) FROM counted)
),
calendar AS (
    SELECT
        CAST(unnest(generate_series(CAST(began.month || '-01' AS DATE), as_of, INTERVAL 1 MONTH))
            AS DATE) AS first_day,
        as_of
    FROM began, run
    WHERE began.month IS NOT NULL
),
own AS (
    SELECT club_code, min(month) AS month FROM club_month WHERE _source <> 'import'
    GROUP BY club_code
),
taken_over AS (
    SELECT
        club.club_code,
        least(strftime(s.finished + INTERVAL 1 MONTH, '%Y-%m'), own.month) AS month
    FROM club
    JOIN submission s ON s.form = 'club_registration' AND s._source = 'import'
        AND s._root_uuid = club._root_uuid
    LEFT JOIN own ON own.club_code = club.club_code
),
standing AS (
    SELECT
        club.club_code, first_day, as_of, last_day(first_day) AS final_day,
        arg_max(club_status.status, place) AS status
    FROM club
    CROSS JOIN calendar
    JOIN club_status
        ON club_status.club_code = club.club_code AND club_status.on_date <= last_day(first_day)
    WHERE club.founded_on < first_day
    GROUP BY club.club_code, first_day, as_of
)
SELECT
    standing.club_code,
    strftime(first_day, '%Y-%m') AS month,
    status = 'active' AND final_day <= as_of AS expected,
    club_month.month IS NOT NULL AS reported
FROM standing
LEFT JOIN club_month
    ON club_month.club_code = standing.club_code
    AND club_month.month = strftime(first_day, '%Y-%m') AND club_month._source <> 'import'
WHERE status IN ('active', 'suspended')
    AND NOT EXISTS (
        SELECT 1 FROM taken_over t
        WHERE t.club_code = standing.club_code AND strftime(first_day, '%Y-%m') < t.month
    )
ORDER BY standing.club_code, month
