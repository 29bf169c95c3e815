-- One row a loan, as it was agreed; one that people decided to be said twice stands once.
SELECT
    code.code AS loan_code,
    l.club_code,
    l.borrower AS borrower_code,
    coalesce(m.needs_support, NULL) AS borrower_in_need,
    l.loan_kind AS kind,
    l.purpose,
    l.amount AS principal,
    l.interest_percent_month,
    l.term_months,
    l.lent_on,
    coalesce(l.due_on, CAST(l.lent_on + to_months(CAST(l.term_months AS INTEGER)) AS DATE))
        AS due_on,
    l._root_uuid
FROM loan_said l
JOIN issued_code code ON code.kind = 'loan' AND code.key = l.key
LEFT JOIN member m ON m.member_code = l.borrower
WHERE l.counts AND l.event = 'lent'
    AND NOT EXISTS (SELECT 1 FROM same_as s WHERE s.kind = 'loan' AND s.code = code.code)
ORDER BY code.code
