WITH book AS (
-- chỉ so hai tháng liền nhau · months that follow each other only
    SELECT
        club_code, month, 'monthly_activity_report' AS form, _source, _id, _root_uuid,
        lag(month) OVER (PARTITION BY club_code ORDER BY month) AS last_month,
        lag(operating_closing_cash + coalesce(operating_closing_bank, 0))
            OVER (PARTITION BY club_code ORDER BY month) AS expected,
        operating_opening_cash + coalesce(operating_opening_bank, 0) AS found
    FROM club_month
)
SELECT *, 'operating_opening_cash' AS question, found - expected AS difference
FROM book
WHERE strftime(CAST(last_month || '-01' AS DATE) + INTERVAL 1 MONTH, '%Y-%m') = month
    AND abs(found - expected) > $tolerance * 4
