-- Everything that happened to loans, the lending first; club_code is the club that said it.
WITH events AS (
    SELECT
        loan_code, club_code, 'lent' AS event, lent_on AS on_date, amount AS principal,
        CAST(NULL AS BIGINT) AS interest, CAST(NULL AS DATE) AS new_due_on, _root_uuid,
        CAST(NULL AS TIMESTAMP) AS finished
    FROM loan_lent
    UNION ALL
    SELECT loan_code, club_code, event, on_date, principal, interest, new_due_on, _root_uuid,
        finished
    FROM loan_event_said
    WHERE loan_code IS NOT NULL
)
SELECT
    loan_code, club_code, event, on_date, principal, interest, new_due_on, _root_uuid,
    row_number() OVER (
        PARTITION BY loan_code ORDER BY event <> 'lent', on_date, finished, _root_uuid
    ) AS place
FROM events
ORDER BY loan_code, place
