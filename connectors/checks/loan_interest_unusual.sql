-- Trong ít nhất năm khoản vay tiền của câu lạc bộ, không khoản nào khác có lãi suất gần như vậy
-- of five or more money loans of the club no other has a rate near this one
WITH rates AS (
    SELECT club_code, loan_code, lent_on, _root_uuid, interest_percent_month AS found,
        count(*) OVER (PARTITION BY club_code) AS loans,
        median(interest_percent_month) OVER (PARTITION BY club_code) AS expected,
        interest_percent_month - lag(interest_percent_month) OVER by_rate AS above,
        lead(interest_percent_month) OVER by_rate - interest_percent_month AS below
    FROM loan
    WHERE kind = 'money' AND interest_percent_month IS NOT NULL
    WINDOW by_rate AS (PARTITION BY club_code ORDER BY interest_percent_month, loan_code)
)
SELECT club_code, loan_code, strftime(lent_on, '%Y-%m') AS month, 'loan_record' AS form,
    _root_uuid, 'interest_percent_month' AS question, expected, found
FROM rates
WHERE loans >= 5 AND abs(found - expected) > $tolerance
    AND coalesce(above > $tolerance, true) AND coalesce(below > $tolerance, true)
