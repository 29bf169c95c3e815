-- Xã ghi trong phiếu không có trong danh mục hiện nay và chưa rõ là xã nào
-- the commune in the submission is none of today's, and it is not clear which is meant
SELECT form, _source, _id, _root_uuid, 'commune' AS question, said_commune AS found,
    candidates AS expected
FROM place_unclear
