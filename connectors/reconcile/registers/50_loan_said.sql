-- Loan records that count, without replaced ones. A replacement of what was lent belongs to the
-- same club's loan of the day it names: the same borrower's, or the only one of that day.
WITH said AS (
    SELECT
        s.club_code, s.event_date, s.finished,
        coalesce(r.report_kind = 'replaces', false) AS replaces,
        coalesce(r.borrower, fold(r.borrower_words)) AS whose,
        r.*
    FROM loan_record r
    JOIN submission s ON s.form = 'loan_record' AND s._source = r._source AND s._id = r._id
    WHERE s.counts AND s.club_code IS NOT NULL
),
pointed AS (
    SELECT new._root_uuid AS new_root, old._root_uuid AS old_root
    FROM said new
    JOIN said old
        ON new.replaces AND NOT old.replaces AND old.club_code = new.club_code
        AND old.event = new.event AND old.event_date = new.replaced_date
    QUALIFY (old.whose = new.whose OR old.loan = new.loan
            OR count(*) OVER (PARTITION BY new._root_uuid) = 1)
        AND row_number() OVER (
            PARTITION BY new._root_uuid
            ORDER BY coalesce(old.whose = new.whose, false) DESC,
                coalesce(old.loan = new.loan, false) DESC, old.finished, old._root_uuid
        ) = 1
),
grouped AS (
    SELECT said.*, coalesce(old_root, _root_uuid) AS origin
    FROM said LEFT JOIN pointed ON new_root = _root_uuid
)
SELECT
    grouped.* EXCLUDE (loan),
    coalesce(same.same_as, loan) AS loan,
    first_value(grouped._root_uuid) OVER (
        PARTITION BY origin ORDER BY issued.code IS NULL, replaces, finished, grouped._root_uuid
    ) AS key,
    count(issued.code) OVER (PARTITION BY origin) > 0 AS coded,
    row_number() OVER (
        PARTITION BY origin
        ORDER BY replaces DESC, finished DESC NULLS LAST, grouped._root_uuid DESC
    ) = 1 AS counts,
    replaces AND origin = grouped._root_uuid AS replaces_nothing
FROM grouped
LEFT JOIN issued_code issued ON issued.kind = 'loan' AND issued.key = grouped._root_uuid
LEFT JOIN same_as same ON same.kind = 'loan' AND same.code = loan
