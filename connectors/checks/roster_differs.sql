-- Báo cáo mới nhất của câu lạc bộ so với sổ đăng ký vào ngày cuối tháng đó
-- a club's latest report against the register on the last day of its month
WITH latest AS (
    SELECT club_code, month, _source, _id, _root_uuid, members_now,
        last_day(CAST(month || '-01' AS DATE)) AS on_date
    FROM club_month
    WHERE members_now IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY club_code ORDER BY month DESC) = 1
),
listed AS (
    SELECT l.club_code, count(*) AS people
    FROM latest l
    JOIN member ON member.club_code = l.club_code AND member.joined_on <= l.on_date
        AND (member.left_on IS NULL OR member.left_on > l.on_date)
    GROUP BY l.club_code
),
unlisted AS (
    SELECT l.club_code, arg_max(u.total, u.on_date) AS people
    FROM latest l
    JOIN member_unlisted u ON u.club_code = l.club_code AND u.on_date <= l.on_date
    GROUP BY l.club_code
),
compared AS (
    SELECT latest.*, coalesce(listed.people, 0) + coalesce(unlisted.people, 0) AS expected
    FROM latest
    LEFT JOIN listed ON listed.club_code = latest.club_code
    LEFT JOIN unlisted ON unlisted.club_code = latest.club_code
)
SELECT club_code, month, 'monthly_activity_report' AS form, _source, _id, _root_uuid,
    'members_now' AS question, expected, members_now AS found
FROM compared
WHERE abs(members_now - expected) > greatest($tolerance, expected / 10)
    -- câu lạc bộ kết thúc trong tháng: không còn ai · whoever was in a club that ended is not any more
    AND NOT EXISTS (
        SELECT 1
        FROM club_status s
        WHERE s.club_code = compared.club_code AND s.status NOT IN ('active', 'suspended')
            AND s.on_date <= compared.on_date
    )
