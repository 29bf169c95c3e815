-- One row a loan of the clubs asked. `turn` counts the loans of one borrower.
WITH people AS (
    SELECT
        member_code, MIN(sex) AS sex,
        MIN(household) IN ('poor', 'near_poor', 'disadvantaged') AS vulnerable
    FROM member GROUP BY member_code
)
SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY loan.loan_code) AS INTEGER) AS loan_no,
    club_base.club_no, club_base.unit_no, club_base.club_code, club_base.province_code,
    club_base.commune_code, club_base.founded_on,
    loan.loan_code, COALESCE(loan.borrower_code, loan.loan_code) AS borrower,
    people.sex AS borrower_sex, people.vulnerable AS borrower_vulnerable,
    COALESCE(loan.borrower_in_need, FALSE) AS borrower_in_need,
    loan.kind, loan.purpose, loan.principal, loan.interest_percent_month, loan.term_months,
    loan.lent_on, loan.due_on,
    ROW_NUMBER() OVER (
        PARTITION BY COALESCE(loan.borrower_code, loan.loan_code)
        ORDER BY loan.lent_on, loan.loan_code
    ) AS turn,
    ROW_NUMBER() OVER (
        PARTITION BY loan.club_code, loan.principal IS NULL ORDER BY loan.lent_on, loan.loan_code
    ) = 1 AS first_of_club
FROM loan
JOIN club_base ON club_base.club_code = loan.club_code
LEFT JOIN people ON people.member_code = loan.borrower_code
WHERE loan.lent_on IS NOT NULL
