-- What was said of members who are counted and not named: how many there are ("whole"), or how many
-- joined or left since.
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
)
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
WHERE _source <> 'import' AND membership_by IS DISTINCT FROM 'counts'
    AND (happened = 'register' OR unlisted_total IS NOT NULL)
UNION ALL
-- what was taken over from paper was so on the day of the data, not when the club was founded
SELECT
    club_code, "today", true, place, unlisted_total, coalesce(unlisted_women, 0),
    coalesce(unlisted_60plus, 0), coalesce(unlisted_women_60plus, 0)
FROM club_event, run
WHERE _source = 'import' AND unlisted_total IS NOT NULL AND "today" <= as_of
UNION ALL
SELECT
    club_code, least(last_day(CAST(month || '-01' AS DATE)), as_of), false, 0,
    coalesce(joined_unlisted_total, 0) - coalesce(left_unlisted_total, 0),
    coalesce(joined_unlisted_women, 0) - coalesce(left_unlisted_women, 0),
    coalesce(joined_unlisted_60plus, 0) - coalesce(left_unlisted_60plus, 0),
    coalesce(joined_unlisted_women_60plus, 0) - coalesce(left_unlisted_women_60plus, 0)
FROM club_month, run
WHERE joined_unlisted_total > 0 OR left_unlisted_total > 0
