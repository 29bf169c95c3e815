-- Lãi suất tháng cao hơn trần năm chia 12, làm tròn hai số lẻ
-- the monthly rate above a twelfth of the yearly cap, rounded to two decimals
SELECT l.club_code, l.loan_code, strftime(l.lent_on, '%Y-%m') AS month, 'loan_record' AS form,
    l._root_uuid, 'interest_percent_month' AS question,
    round(CAST(norm.value AS DECIMAL(18, 6)) / 12, 2) AS expected,
    l.interest_percent_month AS found
FROM loan l
JOIN norm ON norm.name = 'interest_cap_year'
WHERE l.interest_percent_month > round(CAST(norm.value AS DECIMAL(18, 6)) / 12, 2)
