SELECT club_code, event, on_date, strftime(on_date, '%Y-%m') AS month, 'loan_record' AS form,
    _source, _id, _root_uuid, 'loan' AS question
FROM loan_event_unknown
