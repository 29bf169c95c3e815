-- Một người vay, một ngày, một số tiền, một mục đích, hai phiếu
-- one borrower, one day, one amount, one purpose, two records
SELECT club_code, loan_code, strftime(lent_on, '%Y-%m') AS month, 'loan_record' AS form,
    _root_uuid, 'amount' AS question, principal AS found, lent_on, first_code AS expected
FROM (
    SELECT *, first_value(loan_code) OVER same AS first_code, row_number() OVER same AS copy
    FROM loan
    WHERE borrower_code IS NOT NULL
    WINDOW same AS (
        PARTITION BY club_code, borrower_code, lent_on, principal, kind, purpose
        ORDER BY loan_code
    )
) AS loans
WHERE copy > 1
    -- người có trách nhiệm đã xác nhận là hai khoản · somebody decided that they are two
    AND NOT EXISTS (
        SELECT 1 FROM candidate
        WHERE kind = 'loan' AND decided = 'different'
            AND left_code = first_code AND right_code = loan_code
    )
