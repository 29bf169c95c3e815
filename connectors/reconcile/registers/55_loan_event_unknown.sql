-- Repayments, new due dates and write-offs of loans that nobody recorded as lent.
SELECT club_code, event, on_date, principal, interest, _source, _id, _root_uuid
FROM loan_event_said
WHERE loan_code IS NULL
ORDER BY club_code, on_date, _root_uuid
