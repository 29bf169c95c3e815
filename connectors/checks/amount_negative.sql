-- Số tiền hoặc số dư âm · amounts and balances below nought
WITH amounts AS (
    SELECT club_code, month, _source, _id, _root_uuid,
        unnest(['income_opening_cash', 'income_opening_bank', 'income_closing_cash',
            'income_closing_bank', 'loans_opening', 'loans_outstanding', 'goods_opening',
            'goods_outstanding', 'operating_opening_cash', 'operating_opening_bank',
            'operating_closing_cash', 'operating_closing_bank', 'income_out_lent',
            'income_in_principal', 'income_in_contributions', 'income_in_interest',
            'operating_in_contributions']) AS question,
        unnest([income_opening_cash, income_opening_bank, income_closing_cash,
            income_closing_bank, loans_opening, loans_outstanding, goods_opening,
            goods_outstanding, operating_opening_cash, operating_opening_bank,
            operating_closing_cash, operating_closing_bank, income_out_lent,
            income_in_principal, income_in_contributions, income_in_interest,
            operating_in_contributions]) AS found
    FROM club_month
    -- nhỏ nhất âm thì mới xét từng số · one by one only where the least is below nought
    WHERE least(income_opening_cash, income_opening_bank, income_closing_cash,
        income_closing_bank, loans_opening, loans_outstanding, goods_opening, goods_outstanding,
        operating_opening_cash, operating_opening_bank, operating_closing_cash,
        operating_closing_bank, income_out_lent, income_in_principal, income_in_contributions,
        income_in_interest, operating_in_contributions) < 0
)
SELECT *, 'monthly_activity_report' AS form
FROM amounts
WHERE found < 0
