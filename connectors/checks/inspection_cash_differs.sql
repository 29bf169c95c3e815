-- Tiền mặt đếm được so với báo cáo tháng trước lần kiểm tra; thu chi của chính tháng đó được trừ ra
-- cash counted against the report of the month before the visit, that month's own movements apart
WITH books AS (
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
    SELECT i.club_code, i.visit_date, i._source, i._id, i._root_uuid, i.found_cash,
        before.income_closing_cash AS expected,
        coalesce(during.money_in, 0) + greatest(coalesce(during.from_bank, 0), 0) AS more,
        coalesce(during.money_out, 0) + greatest(-coalesce(during.from_bank, 0), 0) AS less
    FROM inspection i
    JOIN books before ON before.club_code = i.club_code
        AND before.month = strftime(i.visit_date - INTERVAL 1 MONTH, '%Y-%m')
    LEFT JOIN books during ON during.club_code = i.club_code
        AND during.month = strftime(i.visit_date, '%Y-%m')
)
SELECT club_code, strftime(visit_date, '%Y-%m') AS month, 'inspection_checklist' AS form, _source,
    _id, _root_uuid, 'found_cash' AS question, expected, found_cash AS found, visit_date
FROM compared
WHERE found_cash > expected + more + greatest($tolerance, expected / 5)
    OR found_cash < expected - less - greatest($tolerance, expected / 5)
