SELECT s.club_code, s.commune_code, s.province_code, strftime(s.event_date, '%Y-%m') AS month,
    r.form, r._source, r._id, r._root_uuid, r.question, r.shown AS found, r._row AS line
FROM rejects r
LEFT JOIN submission s ON s.form = r.form AND s._source = r._source AND s._id = r._id
