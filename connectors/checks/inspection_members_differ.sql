-- Lần kiểm tra mới nhất: số thành viên theo sổ của câu lạc bộ so với sổ đăng ký hôm đó
-- the latest visit: members by the club's own book against the register on that day
WITH latest AS (
    SELECT club_code, visit_date, _source, _id, _root_uuid, found_members
    FROM inspection
    WHERE found_members IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY club_code ORDER BY visit_date DESC, _root_uuid) = 1
),
listed AS (
    SELECT l.club_code, count(*) AS people
    FROM latest l
    JOIN member ON member.club_code = l.club_code AND member.joined_on <= l.visit_date
        AND (member.left_on IS NULL OR member.left_on > l.visit_date)
    -- thành viên từ câu lạc bộ nhập vào: kể từ ngày đó · members of a club that came in, from then on
    LEFT JOIN club_settlement e ON e.club_code = member.moved_from
    WHERE e.on_date IS NULL OR e.on_date <= l.visit_date
    GROUP BY l.club_code
),
unlisted AS (
    SELECT l.club_code, arg_max(u.total, u.on_date) AS people
    FROM latest l
    JOIN member_unlisted u ON u.club_code = l.club_code AND u.on_date <= l.visit_date
    GROUP BY l.club_code
),
compared AS (
    SELECT latest.*, coalesce(listed.people, 0) + coalesce(unlisted.people, 0) AS expected
    FROM latest
    LEFT JOIN listed ON listed.club_code = latest.club_code
    LEFT JOIN unlisted ON unlisted.club_code = latest.club_code
)
SELECT club_code, strftime(visit_date, '%Y-%m') AS month, 'inspection_checklist' AS form, _source,
    _id, _root_uuid, 'found_members' AS question, expected, found_members AS found, visit_date
FROM compared
-- thành viên của câu lạc bộ đã kết thúc nay ở nơi khác · those of an ended club are elsewhere now
WHERE club_code NOT IN (SELECT club_code FROM club_settlement)
    AND abs(found_members - expected) > greatest($tolerance, expected / 20)
