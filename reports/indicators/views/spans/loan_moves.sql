-- One row a loan and day on which something was repaid, written off or put off.
SELECT
    loan_base.loan_no, loan_event.on_date,
    MAX(YEAR(loan_event.on_date) * 12 + MONTH(loan_event.on_date)) AS month_no,
    CAST(COALESCE(SUM(CASE WHEN event = 'repaid' THEN loan_event.principal END), 0) AS BIGINT)
        AS repaid,
    CAST(COALESCE(SUM(CASE WHEN event = 'repaid' THEN interest END), 0) AS BIGINT) AS interest,
    CAST(COALESCE(SUM(CASE WHEN event = 'written_off' THEN loan_event.principal END), 0)
        AS BIGINT) AS written_off,
    MAX(CASE WHEN event = 'rescheduled' THEN 1 ELSE 0 END) AS put_off,
    ARG_MAX(new_due_on, place) FILTER (WHERE event = 'rescheduled' AND new_due_on IS NOT NULL)
        AS new_due_on
FROM loan_event
JOIN loan_base ON loan_base.loan_code = loan_event.loan_code
WHERE event IN ('repaid', 'written_off', 'rescheduled')
GROUP BY loan_base.loan_no, loan_event.on_date
