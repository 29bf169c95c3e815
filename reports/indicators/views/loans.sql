-- One row a loan made up to the cut-off: what is outstanding then, how late it is, and what moved
-- in the period. Amounts in VND; goods by their value.
WITH moved AS (
    SELECT
        loan_code,
        SUM(principal) FILTER (WHERE event = 'repaid') AS repaid,
        SUM(principal) FILTER (WHERE event = 'written_off') AS written_off,
        SUM(principal) FILTER (WHERE event = 'repaid' AND on_date >= period_start) AS repaid_now,
        SUM(interest) FILTER (WHERE event = 'repaid' AND on_date >= period_start) AS interest_now,
        SUM(principal) FILTER (WHERE event = 'written_off' AND on_date >= period_start)
            AS written_off_now,
        SUM(principal) FILTER (WHERE event IN ('repaid', 'written_off') AND on_date < period_start)
            AS settled_before,
        arg_max(new_due_on, on_date) FILTER (WHERE event = 'rescheduled') AS new_due_on
    FROM loan_event CROSS JOIN asked
    WHERE on_date <= cut_off
    GROUP BY loan_code
),
balances AS (
    SELECT
        loan.*,
        COALESCE(moved.new_due_on, loan.due_on) AS due_now,
        moved.new_due_on IS NOT NULL AS rescheduled,
        GREATEST(loan.principal - COALESCE(repaid, 0) - COALESCE(written_off, 0), 0)
            AS outstanding,
        COALESCE(repaid, 0) + COALESCE(written_off, 0) - loan.principal AS too_much,
        COALESCE(settled_before, 0) - loan.principal AS too_much_before,
        CASE WHEN lent_on < period_start
            THEN GREATEST(loan.principal - COALESCE(settled_before, 0), 0) ELSE 0 END
            AS outstanding_at_start,
        COALESCE(repaid_now, 0) AS repaid_in_period,
        COALESCE(interest_now, 0) AS interest_in_period,
        COALESCE(written_off_now, 0) AS written_off_in_period
    FROM loan CROSS JOIN asked
    LEFT JOIN moved ON moved.loan_code = loan.loan_code
    WHERE lent_on <= cut_off
),
people AS (
    SELECT member_code, any_value(sex) AS sex FROM member GROUP BY member_code
)
SELECT
    balances.loan_code, balances.club_code, province_code, commune_code, founded_on,
    COALESCE(borrower_code, loan_code) AS borrower,
    people.sex AS borrower_sex,
    COALESCE(borrower_in_need, FALSE) AS borrower_in_need,
    kind, purpose, principal, interest_percent_month, term_months, lent_on, due_now AS due_on,
    rescheduled, outstanding, repaid_in_period, interest_in_period, written_off_in_period,
    outstanding_at_start,
    -- a loan never owes less than nothing: what was recorded beyond it in the period
    GREATEST(too_much, 0) - GREATEST(too_much_before, 0) AS overpaid_in_period,
    lent_on >= period_start AS lent_in_period,
    outstanding > 0 AS open,
    CASE WHEN outstanding > 0 AND due_now < cut_off THEN cut_off - due_now ELSE 0 END AS days_late,
    outstanding > 0 AND (rescheduled OR due_now < cut_off - risk_days) AS at_risk,
    -- served in the period: lent in it, still open at its end, or repaid during it
    lent_on >= period_start OR outstanding > 0 OR repaid_in_period > 0 AS served
FROM balances CROSS JOIN asked
JOIN club_state ON club_state.club_code = balances.club_code
LEFT JOIN people ON people.member_code = balances.borrower_code
