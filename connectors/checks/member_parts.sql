-- Phần lớn hơn tổng trong phiếu đăng ký được tính · parts above the whole in registrations that count
SELECT s.club_code, 'club_registration' AS form, r._source, r._id, r._root_uuid,
    CASE
        WHEN members_women > members_total THEN 'members_women'
        WHEN members_60plus > members_total THEN 'members_60plus'
        WHEN members_vulnerable > members_total THEN 'members_vulnerable'
        WHEN members_women_60plus > least(members_women, members_60plus)
            THEN 'members_women_60plus'
        WHEN unlisted_women > unlisted_total THEN 'unlisted_women'
        WHEN unlisted_60plus > unlisted_total THEN 'unlisted_60plus'
        ELSE 'unlisted_women_60plus'
    END AS question,
    members_total, members_women, members_60plus, members_women_60plus
FROM club_registration r
JOIN club_status s ON s._root_uuid = r._root_uuid
WHERE members_women > members_total OR members_60plus > members_total
    OR members_vulnerable > members_total
    OR members_women_60plus > least(members_women, members_60plus)
    OR unlisted_women > unlisted_total OR unlisted_60plus > unlisted_total
    OR unlisted_women_60plus > least(unlisted_women, unlisted_60plus)
