-- Members who are counted and not named: what was said last, plus those who joined since, less
-- those who left. Those of a club that ended are none any more; its heir has them.
WITH said AS (
    SELECT * FROM unlisted_said
    UNION ALL BY NAME
    SELECT club_code, on_date, true AS whole, 1000000 AS place, 0 AS total, 0 AS women,
        0 AS sixty_plus, 0 AS women_sixty_plus
    FROM unlisted_moved
    UNION ALL BY NAME
    SELECT heir AS club_code, on_date, false AS whole, 1000000 AS place, total, women, sixty_plus,
        women_sixty_plus
    FROM unlisted_moved
    WHERE heir IS NOT NULL
),
spells AS (
    SELECT said.*, count(*) FILTER (WHERE whole) OVER (
        PARTITION BY club_code ORDER BY on_date, NOT whole, place
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS spell
    FROM said
),
running AS (
    SELECT
        club_code, on_date, place, whole,
        sum(total) OVER w AS total, sum(women) OVER w AS women,
        sum(sixty_plus) OVER w AS sixty_plus, sum(women_sixty_plus) OVER w AS women_sixty_plus
    FROM spells
    WINDOW w AS (
        PARTITION BY club_code, spell ORDER BY on_date, NOT whole, place
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
)
SELECT
    club_code, on_date, CAST(greatest(total, 0) AS BIGINT) AS total,
    CAST(greatest(women, 0) AS BIGINT) AS women,
    CAST(greatest(sixty_plus, 0) AS BIGINT) AS sixty_plus,
    CAST(greatest(women_sixty_plus, 0) AS BIGINT) AS women_sixty_plus
FROM running
QUALIFY row_number() OVER (
    PARTITION BY club_code, on_date ORDER BY NOT whole DESC, place DESC
) = 1
ORDER BY club_code, on_date
