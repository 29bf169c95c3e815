-- Loan records that count, without replaced ones. A replacement of what was lent belongs to the
-- same club's loan of the day it names: the same borrower's, or the only one of that day.
WITH said AS (
    SELECT
        s.club_code, s.event_date, s.finished, r._source, r._id, r._root_uuid, r.event,
        coalesce(r.report_kind = 'replaces', false) AS replaces, r.replaced_date,
        coalesce(r.borrower, fold(r.borrower_words)) AS whose, r.loan_lent_on,
        coalesce(same.same_as, r.loan) AS loan
    FROM loan_record r
    JOIN submission s ON s.form = 'loan_record' AND s._source = r._source AND s._id = r._id
    LEFT JOIN same_as same ON same.kind = 'loan' AND same.code = r.loan
    WHERE s.counts AND s.club_code IS NOT NULL
),
pointed AS (
    SELECT new._root_uuid AS new_root, old._root_uuid AS old_root
    FROM said new
    JOIN said old
        ON old.club_code = new.club_code AND old.event = new.event
        AND old.event_date = new.replaced_date
    WHERE new.replaces AND NOT old.replaces
    QUALIFY (old.whose = new.whose OR old.loan = new.loan
            OR count(*) OVER (PARTITION BY new._root_uuid) = 1)
        AND row_number() OVER (
            PARTITION BY new._root_uuid
            ORDER BY coalesce(old.whose = new.whose, false) DESC,
                coalesce(old.loan = new.loan, false) DESC, old.finished, old._root_uuid
        ) = 1
),
-- only what was replaced or replaces has an order to be found
replaced AS (
    SELECT old_root AS origin, new_root AS _root_uuid FROM pointed
    UNION
    SELECT old_root, old_root FROM pointed
),
ranked AS (
    SELECT
        p.origin, s._root_uuid,
        first_value(s._root_uuid) OVER (
            PARTITION BY p.origin
            ORDER BY issued.code IS NULL, s.replaces, s.finished, s._root_uuid
        ) AS key,
        row_number() OVER (
            PARTITION BY p.origin
            ORDER BY s.replaces DESC, s.finished DESC NULLS LAST, s._root_uuid DESC
        ) = 1 AS counts
    FROM replaced p
    JOIN said s USING (_root_uuid)
    LEFT JOIN issued_code issued ON issued.kind = 'loan' AND issued.key = s._root_uuid
)
SELECT
    said.* EXCLUDE (whose, replaced_date),
    coalesce(ranked.key, said._root_uuid) AS key,
    coalesce(ranked.counts, true) AS counts,
    said.replaces AND ranked.key IS NULL AS replaces_nothing
FROM said LEFT JOIN ranked USING (_root_uuid)
