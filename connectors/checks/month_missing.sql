-- Tháng phải báo cáo mà quá hạn nộp ($due_day của tháng sau) chưa có báo cáo
-- months to report without a report after the due day ($due_day of the next month)
SELECT club_code, month, 'monthly_activity_report' AS form
FROM club_month_expected
WHERE expected AND NOT reported
    AND $as_of > CAST(month || '-01' AS DATE) + INTERVAL 1 MONTH + to_days($due_day - 1)
