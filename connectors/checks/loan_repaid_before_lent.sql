-- Trả nợ, gia hạn, xóa nợ trước ngày vay · repaid, rescheduled or written off before it was lent
SELECT e.club_code, e.loan_code, strftime(e.on_date, '%Y-%m') AS month, 'loan_record' AS form,
    e._root_uuid, l.lent_on AS expected, e.on_date AS found,
    CASE e.event WHEN 'repaid' THEN 'repaid_on' WHEN 'rescheduled' THEN 'rescheduled_on'
        ELSE 'written_off_on' END AS question
FROM loan_event e
JOIN loan l ON l.loan_code = e.loan_code
WHERE e.event <> 'lent' AND e.on_date < l.lent_on
