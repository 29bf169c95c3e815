-- One row a club and month with a balance, until the next one: the last balances known, and the
-- month of the income fund's.
WITH balances AS (
    SELECT
        club_base.club_no,
        CAST(SUBSTRING(month, 1, 4) AS INTEGER) * 12 + CAST(SUBSTRING(month, 6, 2) AS INTEGER)
            AS month_no,
        income_fund_total, operating_fund_total
    FROM club_month
    JOIN club_base ON club_base.club_code = club_month.club_code
    WHERE income_fund_total IS NOT NULL OR operating_fund_total IS NOT NULL
)
SELECT
    club_no, month_no AS from_month,
    COALESCE(LEAD(month_no) OVER (PARTITION BY club_no ORDER BY month_no), 999999) AS until_month,
    LAST_VALUE(income_fund_total IGNORE NULLS) OVER (
        PARTITION BY club_no ORDER BY month_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS income_fund,
    LAST_VALUE(operating_fund_total IGNORE NULLS) OVER (
        PARTITION BY club_no ORDER BY month_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS operating_fund,
    MAX(CASE WHEN income_fund_total IS NOT NULL THEN month_no END) OVER (
        PARTITION BY club_no ORDER BY month_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS fund_month
FROM balances
