-- One row a loan of the clubs asked. `turn` counts the loans of one borrower.
WITH people AS (
    SELECT
        member_code, MIN(sex) AS sex,
        MIN(household) IN ('poor', 'near_poor', 'disadvantaged') AS vulnerable
    FROM member GROUP BY member_code
),
-- numbers join and count faster than codes
numbered AS (
    SELECT
        CAST(ROW_NUMBER() OVER (ORDER BY loan_code) AS INTEGER) AS loan_no,
        COALESCE(borrower_code, loan_code) AS person, loan.*
    FROM loan
    WHERE lent_on IS NOT NULL
)
SELECT
    loan.loan_no,
    club_base.club_no, club_base.unit_no, club_base.club_code, club_base.province_code,
    club_base.commune_code, club_base.founded_on,
    loan.loan_code, loan.person AS borrower,
    MIN(loan.loan_no) OVER (PARTITION BY loan.person) AS borrower_no,
    people.sex AS borrower_sex, people.vulnerable AS borrower_vulnerable,
    COALESCE(loan.borrower_in_need, FALSE) AS borrower_in_need,
    loan.kind, loan.purpose, loan.principal, loan.interest_percent_month, loan.term_months,
    loan.lent_on, loan.due_on,
    ROW_NUMBER() OVER (
        PARTITION BY loan.person ORDER BY loan.lent_on, loan.loan_no
    ) AS turn,
    ROW_NUMBER() OVER (
        PARTITION BY loan.club_code, loan.principal IS NULL ORDER BY loan.lent_on, loan.loan_no
    ) = 1 AS first_of_club
FROM numbered AS loan
JOIN club_base ON club_base.club_code = loan.club_code
LEFT JOIN people ON people.member_code = loan.borrower_code
