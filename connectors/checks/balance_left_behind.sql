-- Số dư của câu lạc bộ đã ngừng ghi là chuyển sang câu lạc bộ khác, nhưng trong tháng đó và 3 tháng sau các
-- câu lạc bộ nhận không ghi khoản thu nào đủ để là số tiền ấy. Chỉ xét khi có báo cáo cuối của tháng ngừng
-- hoặc tháng trước đó, và khi câu lạc bộ nhận nào cũng đã báo cáo sau đó
-- a club ended and its balances were said to be carried over, but what those who received them took in that
-- month and the 3 months after, interest and repaid principal apart, is too little to be that money. Only
-- where the last report is of the month of the end or the one before, and all of them have reported since
WITH moved AS (
    SELECT
        club_code, on_date, successors, balances_month, _root_uuid,
        coalesce(income_closing_cash, 0) + coalesce(income_closing_bank, 0)
            + coalesce(operating_closing_cash, 0) + coalesce(operating_closing_bank, 0) AS expected,
        strftime(on_date, '%Y-%m') AS first_month,
        strftime(on_date + INTERVAL 3 MONTH, '%Y-%m') AS last_month
    FROM club_settlement
    WHERE settlement = 'carried_over'
        AND balances_month >= strftime(on_date - INTERVAL 1 MONTH, '%Y-%m')
),
heir AS (
    SELECT moved.*, unnest(successors) AS heir FROM moved WHERE expected > $tolerance
),
book AS (
    SELECT
        club_code, month,
        coalesce(income_in_contributions, 0) + coalesce(income_in_grants, 0)
            + coalesce(income_in_sales, 0) + coalesce(income_in_other, 0)
            + coalesce(operating_in_contributions, 0) + coalesce(operating_in_grants, 0)
            + coalesce(operating_in_sales, 0) + coalesce(operating_in_other, 0) AS received,
        coalesce(income_opening_cash, 0) + coalesce(income_opening_bank, 0)
            + coalesce(operating_opening_cash, 0) + coalesce(operating_opening_bank, 0) AS opening,
        coalesce(income_closing_cash, 0) + coalesce(income_closing_bank, 0)
            + coalesce(operating_closing_cash, 0) + coalesce(operating_closing_bank, 0) AS closing
    FROM club_month
    WHERE club_code IN (SELECT heir FROM heir)
),
-- what is there at the beginning and was not at the end before may be that money as well
grown AS (
    SELECT
        club_code, month,
        received + greatest(0, opening - coalesce(
            lag(closing) OVER (PARTITION BY club_code ORDER BY month), 0)) AS received
    FROM book
),
taken AS (
    SELECT
        heir.club_code, heir.heir, sum(grown.received) FILTER (
            WHERE grown.month BETWEEN heir.first_month AND heir.last_month) AS received,
        coalesce(bool_or(grown.month > heir.first_month AND grown.month <= heir.last_month), false)
            AS reported
    FROM heir LEFT JOIN grown ON grown.club_code = heir.heir
    GROUP BY heir.club_code, heir.heir
),
together AS (
    SELECT club_code, coalesce(sum(received), 0) AS found, bool_and(reported) AS reported
    FROM taken
    GROUP BY club_code
)
SELECT DISTINCT
    heir.club_code, heir.balances_month AS month, 'club_registration' AS form, heir._root_uuid,
    'settlement' AS question, heir.on_date, heir.successors, heir.expected, together.found
FROM heir
JOIN together ON together.club_code = heir.club_code
WHERE together.reported AND together.found < heir.expected - $tolerance
