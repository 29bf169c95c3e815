-- Những lần kiểm tra có kiến nghị quá hạn hơn $tolerance ngày mà chưa lần kiểm tra nào ghi đã xong; about
-- là kiến nghị đầu tiên của lần kiểm tra
-- visits with recommendations more than $tolerance days overdue that no later visit says are done;
-- about is the first recommendation of the visit, so that a finding stays the same as long as one of
-- them is overdue
SELECT club_code, strftime(visit_date, '%Y-%m') AS month, 'inspection_checklist' AS form,
    _root_uuid, min(action_code) AS about, 'recommend_by' AS question, visit_date,
    count(*) FILTER (WHERE late) AS overdue,
    min(by_date) FILTER (WHERE late) AS expected,
    list(action_code ORDER BY action_code) FILTER (WHERE late) AS found
FROM (
    SELECT *, open AND by_date + to_days(CAST($tolerance AS INTEGER)) < $as_of AS late
    FROM action
)
GROUP BY club_code, visit_date, _root_uuid
HAVING bool_or(late)
