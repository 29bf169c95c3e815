-- One row a loan and time between two events: what was repaid and written off so far, whether it was
-- ever put off, and the due date that it was put off to last.
WITH steps AS (
    SELECT loan_no, on_date, repaid, written_off, put_off, new_due_on FROM loan_moves
    UNION ALL
    SELECT loan_no, GREATEST(lent_on, founded_on), 0, 0, 0, NULL FROM loan_base
),
running AS (
    SELECT
        loan_no, on_date,
        CAST(SUM(repaid) OVER (
            PARTITION BY loan_no ORDER BY on_date RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS BIGINT) AS repaid,
        CAST(SUM(written_off) OVER (
            PARTITION BY loan_no ORDER BY on_date RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS BIGINT) AS written_off,
        MAX(put_off) OVER (
            PARTITION BY loan_no ORDER BY on_date RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS put_off,
        LAST_VALUE(new_due_on IGNORE NULLS) OVER (
            PARTITION BY loan_no ORDER BY on_date RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS new_due_on,
        COALESCE(LEAD(on_date) OVER (PARTITION BY loan_no ORDER BY on_date),
            DATE '9999-12-31') AS until_day
    FROM steps
)
SELECT
    running.loan_no,
    GREATEST(on_date, lent_on, founded_on) AS from_day, until_day,
    running.repaid, running.written_off, running.put_off, running.new_due_on
FROM running
JOIN loan_base ON loan_base.loan_no = running.loan_no
WHERE until_day > GREATEST(on_date, lent_on, founded_on)
