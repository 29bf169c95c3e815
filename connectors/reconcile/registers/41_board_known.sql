-- People on boards who have a code already; a corrected name keeps the code of its row.
WITH met AS (
    SELECT
        club_code, identity,
        coalesce(
            min(own_code) FILTER (WHERE starts_with(own_code, club_code || '-')), min(own_code)
        ) AS code
    FROM board_row
    WHERE own_code IS NOT NULL
    GROUP BY club_code, identity
),
corrected AS (
    SELECT s.club_code, s.identity, before.code
    FROM board_row s
    JOIN code_row before
        ON before.kind = 'board' AND before.root_uuid = s._root_uuid AND before.row = s._row
    LEFT JOIN met ON met.club_code = s.club_code AND met.identity = s.identity
    LEFT JOIN (SELECT DISTINCT own_code FROM board_row) claimed ON claimed.own_code = before.code
    WHERE s.own_code IS NULL AND met.code IS NULL AND claimed.own_code IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY before.code ORDER BY s.place DESC, s._root_uuid, s._row
    ) = 1
)
SELECT * FROM met
UNION ALL
SELECT club_code, identity, min(code) FROM corrected GROUP BY ALL
