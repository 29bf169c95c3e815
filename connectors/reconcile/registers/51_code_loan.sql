-- What needs a loan number: money or goods lent.
SELECT l.key, l.club_code AS scope, l.event_date, l._root_uuid, CAST(0 AS BIGINT) AS _row
FROM loan_said l
LEFT JOIN issued_code issued ON issued.kind = 'loan' AND issued.key = l.key
WHERE l.counts AND l.event = 'lent' AND issued.code IS NULL
