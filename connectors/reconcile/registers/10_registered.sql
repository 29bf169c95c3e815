-- Registrations that nobody refused; one a club counts, the replacement instead of what it replaces.
-- A replacement belongs to the registration in the same commune with the same name, or to the
-- only one founded on the day it names. "key" is what the club's code is issued for.
WITH said AS (
    SELECT
        r.* EXCLUDE (commune), CASE WHEN p._id IS NULL THEN commune ELSE p.commune_code END AS commune,
        coalesce(founded_on, "today") AS event_date,
        coalesce(report_kind = 'replaces', false) AS replaces,
        fold_club(club_name) AS folded
    FROM club_registration r
    LEFT JOIN place p
        ON p.form = 'club_registration' AND p._source = r._source AND p._id = r._id
    LEFT JOIN refused
        ON refused.form = 'club_registration' AND refused._source = r._source AND refused._id = r._id
    WHERE coalesce(action, 'register') = 'register' AND refused._id IS NULL
),
up_to AS (SELECT said.* FROM said, run WHERE event_date <= as_of),
pointed AS (
    SELECT new._root_uuid AS new_root, old._root_uuid AS old_root
    FROM up_to new
    JOIN up_to old
        ON new.replaces AND NOT old.replaces AND old.commune = new.commune
        AND (old.folded = new.folded OR old.founded_on = new.replaced_date)
    QUALIFY (old.folded = new.folded OR count(*) OVER (PARTITION BY new._root_uuid) = 1)
        AND row_number() OVER (
            PARTITION BY new._root_uuid
            ORDER BY old.folded = new.folded DESC, old.founded_on = new.replaced_date DESC,
                old.event_date, old."end", old._root_uuid
        ) = 1
),
grouped AS (
    SELECT up_to.*, coalesce(old_root, _root_uuid) AS origin
    FROM up_to LEFT JOIN pointed ON new_root = _root_uuid
)
SELECT
    grouped.*,
    first_value(_root_uuid) OVER (
        PARTITION BY origin ORDER BY issued.code IS NULL, replaces, "end", _root_uuid
    ) AS key,
    count(issued.code) OVER (PARTITION BY origin) > 0 AS coded,
    row_number() OVER (
        PARTITION BY origin ORDER BY replaces DESC, "end" DESC NULLS LAST, _root_uuid DESC
    ) = 1 AS counts,
    replaces AND origin = _root_uuid AS replaces_nothing
FROM grouped
LEFT JOIN issued_code issued ON issued.kind = 'club' AND issued.key = grouped._root_uuid
