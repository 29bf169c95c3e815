-- One row a loan, as it was agreed, with what is left of it. What a club had lent when it ended
-- goes to its heir, or where its borrower went; else it ends with the club.
WITH rest AS (
    SELECT
        loan_code,
        sum(principal) FILTER (WHERE event IN ('repaid', 'written_off')) AS gone,
        max(on_date) FILTER (WHERE event IN ('repaid', 'written_off')) AS last_on,
        arg_max(event, place) FILTER (WHERE event IN ('repaid', 'written_off')) AS last_event
    FROM loan_event
    GROUP BY loan_code
),
agreed AS (
    SELECT
        l.loan_code, l.club_code AS lent_by, l._root_uuid,
        coalesce(a.member_code, r.borrower, b.member_code) AS borrower_code, r.loan_kind AS kind,
        r.purpose,
        r.amount AS principal, r.interest_percent_month, r.term_months, r.lent_on,
        coalesce(r.due_on, CAST(r.lent_on + to_months(CAST(r.term_months AS INTEGER)) AS DATE))
            AS due_on,
        greatest(r.amount - coalesce(rest.gone, 0), 0) AS outstanding, rest.last_on, rest.last_event
    FROM loan_lent l
    JOIN loan_record r USING (_source, _id)
    LEFT JOIN rest USING (loan_code)
    LEFT JOIN member_alias a ON a.code = r.borrower
    LEFT JOIN borrower_meant b ON b.loan_code = l.loan_code
),
held AS (
    SELECT
        g.*, m.needs_support,
        CASE WHEN g.outstanding > 0 THEN coalesce(h.holder, m.moved_club) END AS holder,
        e.on_date AS club_ended_on
    FROM agreed g
    LEFT JOIN member m ON m.member_code = g.borrower_code
    LEFT JOIN club_end e ON e.club_code = g.lent_by
    LEFT JOIN club_holder h ON h.club_code = g.lent_by AND h.now
),
standing AS (
    SELECT
        held.*, coalesce(holder, lent_by) AS club_code,
        CASE WHEN holder IS NULL THEN club_ended_on ELSE e.on_date END AS ended_with_club_on
    FROM held LEFT JOIN club_end e ON e.club_code = held.holder
)
SELECT
    loan_code, club_code, lent_by, borrower_code, needs_support AS borrower_in_need, kind, purpose,
    principal, interest_percent_month, term_months, lent_on, due_on,
    CAST(outstanding AS BIGINT) AS outstanding,
    CASE WHEN outstanding = 0 THEN last_on ELSE ended_with_club_on END AS ended_on,
    CASE WHEN outstanding = 0 THEN last_event WHEN ended_with_club_on IS NOT NULL THEN 'club_ended'
    END AS ended_how,
    _root_uuid
FROM standing
ORDER BY loan_code
