-- One row a club of the area with its latest figures at the cut-off. A fund balance is carried over
-- missing months, at most `carry_months` of them, and then it is marked; older ones are no data.
WITH persons AS (
    SELECT
        club_code,
        SUM(persons) AS members,
        SUM(persons) FILTER (WHERE sex = 'female') AS women,
        SUM(persons) FILTER (WHERE older_60) AS older,
        COUNT(*) FILTER (WHERE listed AND needs_support) AS in_need
    FROM members GROUP BY club_code
),
borrowers AS (
    SELECT
        club_code,
        COUNT(DISTINCT borrower) AS borrowers,
        COUNT(DISTINCT borrower) FILTER (WHERE borrower_in_need) AS borrowers_in_need,
        SUM(outstanding) AS outstanding
    FROM loans WHERE served GROUP BY club_code
),
balances AS (
    SELECT
        club_code,
        arg_max(income_fund_total, month) FILTER (WHERE income_fund_total IS NOT NULL)
            AS income_fund,
        arg_max(operating_fund_total, month) FILTER (WHERE operating_fund_total IS NOT NULL)
            AS operating_fund,
        max(month) FILTER (WHERE income_fund_total IS NOT NULL) AS fund_month
    FROM club_month CROSS JOIN asked
    WHERE month <= strftime(cut_off, '%Y-%m')
    GROUP BY club_code
),
reporting AS (
    SELECT
        club_code,
        COUNT(*) FILTER (WHERE expected) AS months_expected,
        COUNT(*) FILTER (WHERE expected AND reported) AS months_reported,
        max(month) FILTER (WHERE expected) AS last_month
    FROM club_months GROUP BY club_code
),
integrated AS (
    SELECT club_code, COUNT(DISTINCT area) AS areas_integrated
    FROM (SELECT club_code, unnest(areas_integrated) AS area FROM club_months)
    GROUP BY club_code
),
carried AS (
    SELECT
        balances.*,
        date_diff('month', CAST(fund_month || '-01' AS DATE),
            CAST(COALESCE(last_month, strftime(cut_off, '%Y-%m')) || '-01' AS DATE))
            AS months_carried
    FROM balances CROSS JOIN asked
    LEFT JOIN reporting ON reporting.club_code = balances.club_code
)
SELECT
    club_state.*,
    COALESCE(members, 0) AS members, COALESCE(women, 0) AS women, COALESCE(older, 0) AS older,
    COALESCE(in_need, 0) AS in_need,
    COALESCE(borrowers, 0) AS borrowers,
    COALESCE(borrowers_in_need, 0) AS borrowers_in_need,
    outstanding,
    CASE WHEN months_carried <= carry_months THEN income_fund END AS income_fund,
    CASE WHEN months_carried <= carry_months THEN operating_fund END AS operating_fund,
    months_carried BETWEEN 1 AND carry_months AS fund_carried,
    COALESCE(months_expected, 0) AS months_expected,
    COALESCE(months_reported, 0) AS months_reported,
    CASE WHEN months_reported > 0 THEN COALESCE(areas_integrated, 0) END AS areas_integrated,
    visits.club_code IS NOT NULL AS inspected,
    visits.grade, visits.score, visits.up_to_standard
FROM club_state CROSS JOIN asked
LEFT JOIN persons ON persons.club_code = club_state.club_code
LEFT JOIN borrowers ON borrowers.club_code = club_state.club_code
LEFT JOIN carried ON carried.club_code = club_state.club_code
LEFT JOIN reporting ON reporting.club_code = club_state.club_code
LEFT JOIN integrated ON integrated.club_code = club_state.club_code
LEFT JOIN inspections AS visits ON visits.club_code = club_state.club_code AND visits.latest
