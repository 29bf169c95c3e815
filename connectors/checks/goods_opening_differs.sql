-- Đầu tháng khác cuối tháng trước: dư nợ hiện vật · loans in goods
WITH book AS (
    SELECT club_code, month, _source, _id, _root_uuid, goods_opening AS found,
        lag(month) OVER months AS last_month,
        lag(goods_outstanding) OVER months AS expected
    FROM club_month
    WINDOW months AS (PARTITION BY club_code ORDER BY month)
)
SELECT *, 'monthly_activity_report' AS form, 'goods_opening' AS question,
    found - expected AS difference
FROM book
WHERE strftime(CAST(last_month || '-01' AS DATE) + INTERVAL 1 MONTH, '%Y-%m') = month
    AND abs(found - expected) > $tolerance * 2
