SELECT form, _source, _id, _root_uuid, commune_code, province_code,
    strftime(event_date, '%Y-%m') AS month, 'club_words' AS question
FROM submission
WHERE counts AND NOT registers AND club_code IS NULL
