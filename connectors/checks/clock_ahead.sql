SELECT club_code, form, _source, _id, _root_uuid, strftime(event_date, '%Y-%m') AS month,
-- giờ máy chủ là UTC, giờ điện thoại là giờ Việt Nam · the server's time is UTC, the phone's UTC+7
    'end' AS question, finished AS found, _submission_time + INTERVAL 7 HOUR AS expected
FROM submission
WHERE finished > _submission_time + INTERVAL 7 HOUR + to_days(CAST($tolerance AS INTEGER))
