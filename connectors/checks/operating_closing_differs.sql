WITH book AS (
-- sai số cho phép: $tolerance đồng cho mỗi dòng tiền đã ghi · $tolerance VND for each line
    SELECT
        club_code, month, 'monthly_activity_report' AS form, _source, _id, _root_uuid,
        coalesce(operating_opening_cash, 0) + coalesce(operating_opening_bank, 0)
            + coalesce(operating_in_contributions, 0)
            + coalesce(operating_in_interest, 0)
            + coalesce(operating_in_grants, 0)
            + coalesce(operating_in_sales, 0)
            + coalesce(operating_in_other, 0)
            - coalesce(operating_out_activities, 0)
            - coalesce(operating_out_support, 0)
            - coalesce(operating_out_other, 0) AS expected,
        operating_closing_cash + coalesce(operating_closing_bank, 0) AS found,
        4 + coalesce(len(operating_kinds_in), 0) + coalesce(len(operating_kinds_out), 0) AS lines
    FROM club_month
    WHERE _source <> 'import' -- chỉ có số dư, không có thu chi · a balance without movements
)
SELECT *, 'operating_closing_cash' AS question, found - expected AS difference
FROM book
WHERE abs(found - expected) > $tolerance * lines
