-- Câu lạc bộ báo cáo số lượng hằng quý: số đếm khác quý trước mà người vào, người ra không giải
-- thích được · clubs that report counts: a count that joining and leaving since the last one do not
-- explain
WITH joined AS (
    SELECT _source, _id, count(*) AS people FROM monthly_activity_report__joined GROUP BY ALL
),
gone AS (
    SELECT _source, _id, count(*) AS people FROM monthly_activity_report__left_member GROUP BY ALL
),
book AS (
    SELECT m.club_code, m.month, m._source, m._id, m._root_uuid, m.count_total,
        sum(coalesce(joined.people, 0) + coalesce(m.joined_unlisted_total, 0)
            - coalesce(gone.people, 0) - coalesce(m.left_unlisted_total, 0))
            OVER (PARTITION BY m.club_code ORDER BY m.month) AS so_far,
        date_diff('month', min(CAST(m.month || '-01' AS DATE)) OVER (PARTITION BY m.club_code),
            CAST(m.month || '-01' AS DATE))
            - row_number() OVER (PARTITION BY m.club_code ORDER BY m.month) AS gaps
    FROM club_month m
    LEFT JOIN joined ON joined._source = m._source AND joined._id = m._id
    LEFT JOIN gone ON gone._source = m._source AND gone._id = m._id
),
counted AS (
    SELECT *,
        lag(count_total) OVER counts + so_far - lag(so_far) OVER counts AS expected,
        lag(month) OVER counts AS last_month,
        lag(gaps) OVER counts AS last_gaps
    FROM book
    WHERE count_total > 0
    WINDOW counts AS (PARTITION BY club_code ORDER BY month)
)
SELECT club_code, month, 'monthly_activity_report' AS form, _source, _id, _root_uuid,
    'count_total' AS question, expected, count_total AS found, last_month
FROM counted
-- tháng thiếu báo cáo thì không so · nothing is compared across a missing month
WHERE gaps = last_gaps AND abs(count_total - expected) > $tolerance
