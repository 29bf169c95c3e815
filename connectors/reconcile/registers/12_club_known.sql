-- Clubs by code, with every name they were registered under: what reports may mean. A club that
-- people decided to be the same as another stands under the surviving code; code keeps its own.
SELECT
    coalesce(same.same_as, issued.code) AS club_code, issued.code, r.commune AS commune_code,
    r.folded, r._source, r._id, r._root_uuid, r.counts
FROM registered r
JOIN issued_code issued ON issued.kind = 'club' AND issued.key = r.key
LEFT JOIN same_as same ON same.kind = 'club' AND same.code = issued.code
