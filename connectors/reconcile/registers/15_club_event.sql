-- What happened to clubs: registrations that count, then changes, without replaced ones. Of clubs
-- that are the same the surviving one's registration says most, the others fill in what it left out.
WITH said AS (
    SELECT
        s.club_code, s.event_date, coalesce(r.action, 'register') AS happened,
        coalesce(r.report_kind = 'replaces', false) AS replaces,
        coalesce(k.code = k.club_code, false) AS surviving,
        s.province_code AS province, s.commune_code AS commune, r.* EXCLUDE (province, commune)
    FROM club_registration r
    JOIN submission s ON s.form = 'club_registration' AND s._source = r._source AND s._id = r._id
    LEFT JOIN club_known k ON k._source = r._source AND k._id = r._id
    WHERE s.counts AND s.club_code IS NOT NULL
        AND (NOT s.registers OR EXISTS (
            SELECT 1 FROM registered g WHERE g.counts AND g._root_uuid = r._root_uuid))
        -- whoever closed a club that was registered twice did not close the one that stays
        AND NOT (r.action IN ('close', 'merge')
            AND EXISTS (SELECT 1 FROM same_as WHERE kind = 'club' AND code = r.club))
)
SELECT
    said.*,
    row_number() OVER (
        PARTITION BY club_code
        ORDER BY happened <> 'register', happened = 'register' AND surviving, event_date, "end",
            _root_uuid
    ) AS place
FROM said
WHERE NOT EXISTS (
    SELECT 1
    FROM said new
    WHERE new.replaces AND new.club_code = said.club_code AND new.happened = said.happened
        AND new.happened <> 'register' AND new._root_uuid <> said._root_uuid
        AND coalesce(new.replaced_date, said.event_date) = said.event_date
        AND (NOT said.replaces OR new."end" > said."end")
)
