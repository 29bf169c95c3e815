-- Repayments, new due dates and write-offs with the loan they speak of: by its number, if the club
-- or one before it lent it, or by the day it was lent when the club lent only once that day.
-- loan_code stays empty when none fits.
WITH of_day AS (
    SELECT club_code, lent_on, any_value(loan_code) AS loan_code
    FROM loan_lent
    GROUP BY club_code, lent_on
    HAVING count(*) = 1
)
SELECT
    CASE WHEN imported.loan_code IS NOT NULL THEN imported.loan_code
        WHEN l.loan IS NULL THEN of_day.loan_code
        WHEN listed.club_code = l.club_code OR h.holder IS NOT NULL THEN listed.loan_code
    END AS loan_code,
    l.club_code, l.event, l.event_date AS on_date,
    CASE WHEN l.event = 'written_off' THEN r.written_off_amount ELSE r.principal END AS principal,
    r.interest, r.new_due_on, l.finished, l._source, l._id, l._root_uuid
FROM loan_said l
JOIN loan_record r USING (_source, _id)
LEFT JOIN loan_lent listed ON listed.loan_code = l.loan
LEFT JOIN club_holder h ON h.club_code = listed.club_code AND h.holder = l.club_code
LEFT JOIN loan_lent imported -- before it had a number it was known by its record
    ON l._source = 'import' AND imported._root_uuid = l.loan
LEFT JOIN of_day
    ON l.loan IS NULL AND of_day.club_code = l.club_code AND of_day.lent_on = l.loan_lent_on
WHERE l.counts AND l.event <> 'lent'
