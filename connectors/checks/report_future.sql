-- Sự việc sau ngày máy chủ nhận phiếu · events after the day on which the server got the submission
SELECT club_code, strftime(event_date, '%Y-%m') AS month, form, _source, _id, _root_uuid,
    CAST(_submission_time + INTERVAL 7 HOUR AS DATE) AS expected, event_date AS found
FROM submission
WHERE event_date > CAST(_submission_time + INTERVAL 7 HOUR AS DATE)
    + to_days(CAST($tolerance AS INTEGER))
