-- Phiếu không gắn với câu lạc bộ nào · submissions of no registered club
SELECT form, _source, _id, _root_uuid, commune_code, province_code,
    strftime(event_date, '%Y-%m') AS month, 'club_words' AS question
FROM submission
-- phiếu tập huấn ghi câu lạc bộ ở từng dòng · a training names its clubs in rows
WHERE counts AND NOT registers AND club_code IS NULL AND form <> 'training_record'
UNION
SELECT s.form, s._source, s._id, s._root_uuid, s.commune_code, s.province_code,
    strftime(s.event_date, '%Y-%m'), 'part_club_words'
FROM training_club c
JOIN submission s ON s.form = 'training_record' AND s._source = c._source AND s._id = c._id
WHERE c.club_code IS NULL
