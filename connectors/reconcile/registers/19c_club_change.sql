-- The registrations and changes of clubs that count, in the order in which they say what holds.
SELECT club_code, happened, event_date, _source, _id, _root_uuid, place
FROM club_event
ORDER BY club_code, place
