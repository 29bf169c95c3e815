-- Clubs by code, with every name they were registered under: what reports may mean.
SELECT code AS club_code, r.commune AS commune_code, r.folded, r._root_uuid, r.counts
FROM registered r JOIN issued_code ON kind = 'club' AND issued_code.key = r.key
