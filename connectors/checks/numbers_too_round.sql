-- Trong 12 báo cáo gần nhất, ít nhất $tolerance báo cáo có số và tất cả đều tròn quá mức
-- of the last twelve reports $tolerance or more have a figure, and all of them are too round
WITH recent AS (
    SELECT club_code, month, attendance, income_closing_cash AS cash,
        operating_closing_cash AS operating_cash
    FROM club_month
    WHERE CAST(month || '-01' AS DATE) > $as_of - INTERVAL 12 MONTH
)
SELECT club_code, max(month) AS last_month, 'monthly_activity_report' AS form,
    'attendance' AS question, count(*) AS months
FROM recent
WHERE attendance > 0
GROUP BY club_code
HAVING count(*) >= $tolerance AND count(*) = count(*) FILTER (WHERE attendance % 10 = 0)
UNION ALL
SELECT club_code, max(month), 'monthly_activity_report', 'income_closing_cash', count(*)
FROM recent
WHERE cash > 0
GROUP BY club_code
-- cả hai quỹ, và số tiền có thay đổi: chỉ một quỹ thì hội phí tròn cũng cho số tròn
-- both funds, and changing: in one alone round fees make round sums
HAVING count(*) >= $tolerance AND count(DISTINCT cash) >= 3 AND count(DISTINCT operating_cash) >= 3
    AND count(*) = count(*) FILTER (WHERE cash % 100000 = 0 AND operating_cash % 100000 = 0)
