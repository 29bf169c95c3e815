-- One row a period and loan that was open or lent or repaid in it: what is outstanding at the
-- cut-off, how late it is, and what moved in the period. A loan that was settled before the period
-- is left out, unless it is the first of its club: a club that once lent has 0, not nothing.
-- Amounts in VND; goods by their value.
WITH moved AS (
    SELECT
        asked_months.period_no, loan_moves.loan_no,
        CAST(SUM(repaid) AS BIGINT) AS repaid, CAST(SUM(interest) AS BIGINT) AS interest,
        CAST(SUM(written_off) AS BIGINT) AS written_off
    FROM loan_moves
    JOIN asked_months ON asked_months.month_no = loan_moves.month_no
        AND on_date BETWEEN period_start AND cut_off
    GROUP BY asked_months.period_no, loan_moves.loan_no
),
states AS (
    SELECT
        asked.period_no, asked.period, asked.period_start, asked.cut_off, asked.risk_days,
        asked.risk_days_long, asked.last_month - asked.first_month + 1 AS period_months,
        loan_base.*,
        COALESCE(loan_spans.new_due_on, loan_base.due_on) AS due_now,
        loan_spans.put_off = 1 AS rescheduled,
        loan_spans.repaid + loan_spans.written_off AS settled
    FROM loan_spans
    JOIN asked ON loan_spans.from_day <= asked.cut_off AND loan_spans.until_day > asked.cut_off
    JOIN loan_base ON loan_base.loan_no = loan_spans.loan_no
    WHERE loan_spans.repaid + loan_spans.written_off < loan_base.principal
       OR loan_spans.from_day >= asked.period_start
       OR loan_base.first_of_club
       OR loan_base.principal IS NULL
),
balances AS (
    SELECT
        states.*,
        -- of a loan whose amount nobody knows nothing is known
        CASE WHEN principal IS NOT NULL THEN GREATEST(principal - settled, 0) END AS outstanding,
        CASE WHEN principal IS NOT NULL THEN GREATEST(settled - principal, 0)
            - GREATEST(settled - COALESCE(moved.repaid + moved.written_off, 0) - principal, 0)
            END AS overpaid_in_period,
        CASE WHEN principal IS NULL AND lent_on < period_start THEN NULL
            WHEN lent_on < period_start THEN GREATEST(
            principal - settled + COALESCE(moved.repaid + moved.written_off, 0), 0)
            ELSE 0 END AS outstanding_at_start,
        COALESCE(moved.repaid, 0) AS repaid_in_period,
        COALESCE(moved.interest, 0) AS interest_in_period,
        COALESCE(moved.written_off, 0) AS written_off_in_period,
        lent_on >= period_start AS lent_in_period
    FROM states
    LEFT JOIN moved ON moved.period_no = states.period_no AND moved.loan_no = states.loan_no
)
SELECT
    period_no, period, unit_no, club_no, loan_code, club_code, province_code, commune_code,
    founded_on, borrower, borrower_no, borrower_sex, borrower_vulnerable, borrower_in_need, kind, purpose, principal,
    interest_percent_month, term_months, turn, lent_on, due_now AS due_on, rescheduled,
    outstanding, repaid_in_period, interest_in_period, written_off_in_period,
    outstanding_at_start, overpaid_in_period, lent_in_period, period_months,
    outstanding > 0 AS open,
    CASE WHEN outstanding > 0 AND due_now < cut_off THEN DATE_DIFF('day', due_now, cut_off)
        ELSE 0 END AS days_late,
    outstanding > 0 AND (rescheduled OR DATE_DIFF('day', due_now, cut_off) > risk_days)
        AS at_risk,
    outstanding > 0 AND (rescheduled OR DATE_DIFF('day', due_now, cut_off) > risk_days_long)
        AS at_risk_long,
    -- what fell due in the period and how much of it was repaid in it
    CASE WHEN due_now BETWEEN period_start AND cut_off
        THEN CASE WHEN lent_in_period THEN principal ELSE outstanding_at_start END
        ELSE 0 END AS due_in_period,
    CASE WHEN NOT COALESCE(due_now BETWEEN period_start AND cut_off, FALSE) THEN 0
        WHEN principal IS NOT NULL THEN LEAST(repaid_in_period,
            CASE WHEN lent_in_period THEN principal ELSE outstanding_at_start END)
        END AS due_and_repaid,
    -- served in the period: lent in it, still open at its end, or repaid during it
    lent_in_period OR outstanding > 0 OR repaid_in_period > 0 AS served
FROM balances
