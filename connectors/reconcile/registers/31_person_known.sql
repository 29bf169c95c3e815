-- People who have a code already. The same person in a report and in its replacement, or in two
-- rosters of a club that was registered twice, is one. A row whose person is new keeps the code
-- that stood in it before, if nobody else claims it: a name was corrected.
WITH met AS (
    SELECT
        club_code, said_in, identity,
        coalesce(
            min(own_code) FILTER (WHERE starts_with(own_code, club_code || '-')), min(own_code)
        ) AS code
    FROM person_said
    WHERE own_code IS NOT NULL
    GROUP BY club_code, said_in, identity
),
corrected AS (
    SELECT s.club_code, s.said_in, s.identity, before.code
    FROM person_said s
    JOIN code_row before
        ON before.kind = 'member' AND before.root_uuid = s._root_uuid AND before.row = s._row
    LEFT JOIN met
        ON met.club_code = s.club_code AND met.said_in = s.said_in AND met.identity = s.identity
    LEFT JOIN (SELECT DISTINCT own_code FROM person_said) claimed ON claimed.own_code = before.code
    WHERE s.own_code IS NULL AND met.code IS NULL AND claimed.own_code IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY before.code ORDER BY s.counts DESC, s.finished DESC, s._root_uuid, s._row
    ) = 1
)
SELECT * FROM met
UNION ALL
SELECT club_code, said_in, identity, min(code) FROM corrected GROUP BY ALL
