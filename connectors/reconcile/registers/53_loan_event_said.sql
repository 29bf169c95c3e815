-- Repayments, new due dates and write-offs with the loan they speak of: by its number, or by the
-- day it was lent when the club lent only once that day. loan_code stays empty when none fits.
WITH of_day AS (
    SELECT club_code, lent_on, any_value(loan_code) AS loan_code
    FROM loan
    GROUP BY club_code, lent_on
    HAVING count(*) = 1
)
SELECT
    coalesce(listed.loan_code, of_day.loan_code) AS loan_code,
    l.club_code, l.event, l.event_date AS on_date,
    CASE WHEN l.event = 'written_off' THEN l.written_off_amount ELSE l.principal END AS principal,
    l.interest, l.new_due_on, l.finished, l._source, l._id, l._root_uuid
FROM loan_said l
LEFT JOIN loan listed ON listed.loan_code = l.loan AND listed.club_code = l.club_code
LEFT JOIN of_day
    ON l.loan IS NULL AND of_day.club_code = l.club_code AND of_day.lent_on = l.loan_lent_on
WHERE l.counts AND l.event <> 'lent'
