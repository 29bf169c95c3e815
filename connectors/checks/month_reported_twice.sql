SELECT club_code, month, 'monthly_activity_report' AS form, _source, _id, _root_uuid,
    questions AS question, len(questions) AS differences
FROM club_month_double
