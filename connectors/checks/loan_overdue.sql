-- Còn nợ sau ngày đến hạn cuối cùng đã hẹn quá $tolerance ngày
-- something is outstanding more than $tolerance days after the last agreed due date
WITH since AS (
    SELECT loan_code,
        sum(principal) FILTER (WHERE event IN ('repaid', 'written_off')) AS back,
        arg_max(new_due_on, place) FILTER (WHERE event = 'rescheduled' AND new_due_on IS NOT NULL)
            AS new_due_on
    FROM loan_event
    GROUP BY loan_code
)
SELECT l.club_code, l.loan_code, 'loan_record' AS form, l._root_uuid, 'due_on' AS question,
    strftime(l.lent_on, '%Y-%m') AS month,
    coalesce(since.new_due_on, l.due_on) AS expected,
    l.principal - coalesce(since.back, 0) AS found
FROM loan l
LEFT JOIN since ON since.loan_code = l.loan_code
WHERE l.principal - coalesce(since.back, 0) > 0
    AND coalesce(since.new_due_on, l.due_on) + to_days(CAST($tolerance AS INTEGER)) < $as_of
