-- Loans whose borrower is named in words, with the member that a person said is meant.
SELECT d.left_code AS loan_code, min(coalesce(a.member_code, d.right_code)) AS member_code
FROM decided d
LEFT JOIN member_alias a ON a.code = d.right_code
WHERE d.kind = 'borrower' AND d.decision = 'same'
GROUP BY d.left_code
