-- Hai câu lạc bộ có thể là một, chưa có quyết định · clubs that may be one, not decided yet
SELECT club_code, _root_uuid, form, 'club_name' AS question, left_code AS expected,
    left_code AS about, score
FROM candidate
WHERE kind = 'club' AND coalesce(decided, 'not_sure') = 'not_sure'
