-- Members who are counted and not named: what was said last, plus those who joined since, less
-- those who left.
-- Clubs that keep no roster are counted whole, in registrations and quarterly pages.
WITH counted AS (
    SELECT club_code, event_date AS on_date, place, COLUMNS('^count_')
    FROM club_event
    WHERE membership_by = 'counts'
    UNION ALL BY NAME
    SELECT
        club_code, least(last_day(CAST(month || '-01' AS DATE)), as_of) AS on_date, 0 AS place,
        COLUMNS('^count_')
    FROM club_month, run
    WHERE roster_kept = 'no' AND count_total > 0
),
said AS (
    SELECT
        club_code, on_date, true AS whole, place,
        coalesce(count_women_under16, 0) + coalesce(count_women_16_30, 0)
        + coalesce(count_women_31_54, 0) + coalesce(count_women_55_59, 0)
        + coalesce(count_women_60_69, 0) + coalesce(count_women_70_79, 0)
        + coalesce(count_women_80plus, 0) + coalesce(count_men_under16, 0)
        + coalesce(count_men_16_30, 0) + coalesce(count_men_31_54, 0)
        + coalesce(count_men_55_59, 0) + coalesce(count_men_60_69, 0)
        + coalesce(count_men_70_79, 0) + coalesce(count_men_80plus, 0) AS total,
        coalesce(count_women_under16, 0) + coalesce(count_women_16_30, 0)
        + coalesce(count_women_31_54, 0) + coalesce(count_women_55_59, 0)
        + coalesce(count_women_60_69, 0) + coalesce(count_women_70_79, 0)
        + coalesce(count_women_80plus, 0) AS women,
        coalesce(count_women_60_69, 0) + coalesce(count_women_70_79, 0)
        + coalesce(count_women_80plus, 0) + coalesce(count_men_60_69, 0)
        + coalesce(count_men_70_79, 0) + coalesce(count_men_80plus, 0) AS sixty_plus,
        coalesce(count_women_60_69, 0) + coalesce(count_women_70_79, 0)
        + coalesce(count_women_80plus, 0) AS women_sixty_plus
    FROM counted
    UNION ALL
    SELECT
        club_code, event_date, true, place, coalesce(unlisted_total, 0),
        coalesce(unlisted_women, 0), coalesce(unlisted_60plus, 0),
        coalesce(unlisted_women_60plus, 0)
    FROM club_event
    WHERE membership_by IS DISTINCT FROM 'counts'
        AND (happened = 'register' OR unlisted_total IS NOT NULL)
    UNION ALL
    SELECT
        club_code, least(last_day(CAST(month || '-01' AS DATE)), as_of), false, 0,
        coalesce(joined_unlisted_total, 0) - coalesce(left_unlisted_total, 0),
        coalesce(joined_unlisted_women, 0) - coalesce(left_unlisted_women, 0),
        coalesce(joined_unlisted_60plus, 0) - coalesce(left_unlisted_60plus, 0),
        coalesce(joined_unlisted_women_60plus, 0) - coalesce(left_unlisted_women_60plus, 0)
    FROM club_month, run
    WHERE joined_unlisted_total > 0 OR left_unlisted_total > 0
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
