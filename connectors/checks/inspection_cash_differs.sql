-- Lần kiểm tra mới nhất: tiền mặt đếm được so với báo cáo tháng trước lần kiểm tra; thu chi của
-- chính tháng đó được trừ ra · the latest visit: cash counted against the report of the month before
-- the visit, that month's own movements apart
WITH latest AS (
    SELECT club_code, visit_date, _source, _id, _root_uuid, found_cash,
        strftime(visit_date, '%Y-%m') AS month,
        strftime(visit_date - INTERVAL 1 MONTH, '%Y-%m') AS month_before
    FROM inspection
    WHERE found_cash IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY club_code ORDER BY visit_date DESC, _root_uuid) = 1
),
books AS (
    SELECT club_code, month, income_closing_cash,
        coalesce(income_in_contributions, 0) + coalesce(income_in_interest, 0)
            + coalesce(income_in_principal, 0) + coalesce(income_in_grants, 0)
            + coalesce(income_in_sales, 0) + coalesce(income_in_other, 0) AS money_in,
        coalesce(income_out_lent, 0) + coalesce(income_out_activities, 0)
            + coalesce(income_out_support, 0) + coalesce(income_out_other, 0) AS money_out,
        coalesce(income_opening_bank, 0) - coalesce(income_closing_bank, 0) AS from_bank
    FROM club_month
),
compared AS (
    -- một phép nối cho cả hai tháng: hai phép nối theo câu lạc bộ sẽ nhân mọi tháng với mọi tháng
    -- one join for both months: two by club would multiply every month by every month
    SELECT i.club_code, i.month, i.visit_date, i._source, i._id, i._root_uuid, i.found_cash,
        max(b.income_closing_cash) FILTER (WHERE b.month = i.month_before) AS expected,
        coalesce(max(b.money_in + greatest(b.from_bank, 0)) FILTER (WHERE b.month = i.month), 0)
            AS more,
        coalesce(max(b.money_out + greatest(-b.from_bank, 0)) FILTER (WHERE b.month = i.month), 0)
            AS less
    FROM latest i
    JOIN books b ON b.club_code = i.club_code AND b.month BETWEEN i.month_before AND i.month
    GROUP BY ALL
)
SELECT club_code, month, 'inspection_checklist' AS form, _source, _id, _root_uuid,
    'found_cash' AS question, expected, found_cash AS found, visit_date
FROM compared
WHERE found_cash > expected + more + greatest($tolerance, expected / 5)
    OR found_cash < expected - less - greatest($tolerance, expected / 5)
