-- Xếp loại mạnh mà 12 tháng trước đó họp chưa đến một nửa số tháng; hoặc yếu mà tháng nào cũng họp,
-- đủ 8 mảng · strong with meetings in under half of the twelve months before; or weak with a
-- meeting and all eight areas in every one
WITH latest AS (
    SELECT * FROM inspection
    WHERE grade IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY club_code ORDER BY visit_date DESC, _root_uuid) = 1
),
year AS (
    SELECT i.club_code, i.visit_date, i.grade, i._source, i._id, i._root_uuid,
        count(*) AS months,
        count(*) FILTER (WHERE m.meeting_held = 'yes') AS meetings,
        min(coalesce(len(m.areas_done), 0)) AS areas
    FROM latest i
    JOIN club_month_expected e ON e.club_code = i.club_code AND e.expected
        AND CAST(e.month || '-01' AS DATE) < date_trunc('month', i.visit_date)
        AND CAST(e.month || '-01' AS DATE) >= i.visit_date - INTERVAL 13 MONTH
    LEFT JOIN club_month m ON m.club_code = e.club_code AND m.month = e.month
    GROUP BY ALL
)
SELECT club_code, strftime(visit_date, '%Y-%m') AS month, 'inspection_checklist' AS form, _source,
    _id, _root_uuid, 'grade' AS question, grade AS found, months, meetings, visit_date
FROM year
WHERE months >= $tolerance
    AND ((grade IN ('strong', 'very_strong') AND meetings < months / 2)
        OR (grade = 'weak' AND meetings = months AND areas = 8))
