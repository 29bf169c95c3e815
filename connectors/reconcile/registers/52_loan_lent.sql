-- Loans as they were made; one that people decided to be said twice stands once.
SELECT
    code.code AS loan_code, l.club_code, l._source, l._id, l._root_uuid, r.lent_on, r.amount
FROM loan_said l
JOIN issued_code code ON code.kind = 'loan' AND code.key = l.key
JOIN loan_record r USING (_source, _id)
WHERE l.counts AND l.event = 'lent'
    AND NOT EXISTS (SELECT 1 FROM same_as s WHERE s.kind = 'loan' AND s.code = code.code)
