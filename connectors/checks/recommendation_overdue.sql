-- Kiến nghị quá hạn hơn $tolerance ngày mà chưa lần kiểm tra nào ghi đã xong
-- recommendations more than $tolerance days overdue that no later visit says are done
SELECT club_code, strftime(visit_date, '%Y-%m') AS month, 'inspection_checklist' AS form,
    _root_uuid, action_code AS about, 'recommend_by' AS question, visit_date, by_date AS expected,
    state AS found
FROM action
WHERE open AND by_date + to_days(CAST($tolerance AS INTEGER)) < $as_of
