WITH book AS (
-- sai số cho phép: $tolerance đồng cho mỗi dòng tiền đã ghi · $tolerance VND for each line
    SELECT
        club_code, month, 'monthly_activity_report' AS form, _source, _id, _root_uuid,
        coalesce(income_opening_cash, 0) + coalesce(income_opening_bank, 0)
            + coalesce(income_in_contributions, 0)
            + coalesce(income_in_interest, 0)
            + coalesce(income_in_principal, 0)
            + coalesce(income_in_grants, 0)
            + coalesce(income_in_sales, 0)
            + coalesce(income_in_other, 0)
            - coalesce(income_out_lent, 0)
            - coalesce(income_out_activities, 0)
            - coalesce(income_out_support, 0)
            - coalesce(income_out_other, 0) AS expected,
        income_closing_cash + coalesce(income_closing_bank, 0) AS found,
        4 + coalesce(len(income_kinds_in), 0) + coalesce(len(income_kinds_out), 0) AS lines
    FROM club_month
    WHERE _source <> 'import' -- chỉ có số dư, không có thu chi · a balance without movements
)
SELECT *, 'income_closing_cash' AS question, found - expected AS difference
FROM book
WHERE abs(found - expected) > $tolerance * lines
