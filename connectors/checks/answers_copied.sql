-- Người dự họp và mọi số tiền giống hệt tháng trước, ít nhất $tolerance số khác 0; chỉ 12 tháng qua
-- attendance and all amounts as in the month before, at least $tolerance of them not nought; the
-- last twelve months only
WITH book AS (
    SELECT club_code, month, _source, _id, _root_uuid,
        [attendance, attendance_women, attendance_60plus, income_in_contributions,
            income_in_interest, income_in_principal, income_in_grants, income_in_sales,
            income_in_other, income_out_lent, income_out_activities, income_out_support,
            income_out_other, income_closing_cash, operating_in_contributions,
            operating_out_activities, operating_out_support, operating_closing_cash] AS answers
    FROM club_month
    WHERE CAST(month || '-01' AS DATE) > $as_of - INTERVAL 13 MONTH
),
compared AS (
    SELECT club_code, month, _source, _id, _root_uuid, answers,
        lag(month) OVER months AS last_month, lag(answers) OVER months AS last_answers
    FROM book
    WINDOW months AS (PARTITION BY club_code ORDER BY month)
)
SELECT club_code, month, 'monthly_activity_report' AS form, _source, _id, _root_uuid,
    'attendance' AS question, last_month, answers[1] AS found
FROM compared
WHERE answers = last_answers AND answers[1] > 0
    AND strftime(CAST(last_month || '-01' AS DATE) + INTERVAL 1 MONTH, '%Y-%m') = month
    AND (SELECT count(*) FROM unnest(answers) AS each(answer) WHERE answer > 0) >= $tolerance
