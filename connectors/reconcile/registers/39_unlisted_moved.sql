-- How many unnamed members a club had when it ended, and the heir that has them since; none where
-- the heir counted its members itself. Of several ends in a row each hands on what it had itself.
WITH spells AS (
    SELECT
        s.*, e.on_date AS ended_on,
        CASE WHEN NOT e.heir_counts THEN e.heir END AS heir,
        count(*) FILTER (WHERE whole) OVER (
            PARTITION BY s.club_code ORDER BY s.on_date, NOT whole, place
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS spell
    FROM unlisted_said s
    JOIN club_end e ON e.club_code = s.club_code AND s.on_date <= e.on_date
)
SELECT
    club_code, heir, ended_on AS on_date, greatest(sum(total), 0) AS total,
    greatest(sum(women), 0) AS women, greatest(sum(sixty_plus), 0) AS sixty_plus,
    greatest(sum(women_sixty_plus), 0) AS women_sixty_plus
FROM (SELECT *, max(spell) OVER (PARTITION BY club_code) AS last_spell FROM spells)
WHERE spell = last_spell
GROUP BY club_code, heir, ended_on
