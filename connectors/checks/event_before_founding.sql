-- Khoản vay, lần kiểm tra trước ngày thành lập · loans and visits before the founding
SELECT s.club_code, strftime(s.event_date, '%Y-%m') AS month, s.form, s._source, s._id,
    s._root_uuid, club.founded_on AS expected, s.event_date AS found
FROM submission s
JOIN club ON club.club_code = s.club_code
WHERE s.form IN ('loan_record', 'inspection_checklist') AND s.counts
    AND s.event_date < club.founded_on
