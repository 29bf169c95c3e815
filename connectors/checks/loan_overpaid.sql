WITH running AS (
    SELECT
        e.loan_code, e.club_code, e.event, e.on_date, e._root_uuid, e.principal AS found,
        l.principal - coalesce(sum(CASE WHEN e.event IN ('repaid', 'written_off')
            THEN e.principal END) OVER (
                PARTITION BY e.loan_code ORDER BY e.place
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ), 0) AS outstanding
    FROM loan_event e
    JOIN loan l ON l.loan_code = e.loan_code
)
SELECT
    club_code, loan_code, on_date, strftime(on_date, '%Y-%m') AS month, 'loan_record' AS form,
    _root_uuid, CASE event WHEN 'repaid' THEN 'principal' ELSE 'written_off_amount' END AS question,
    greatest(outstanding, 0) AS expected, found
FROM running
WHERE event IN ('repaid', 'written_off') AND found > greatest(outstanding, 0) + $tolerance
