-- One row a member and time in an active club. Members who are counted and not named stand in up
-- to four rows (sex by older or younger), `persons` of them each.
WITH counted AS (
    SELECT
        member_unlisted.*,
        COALESCE(LEAD(on_date) OVER (PARTITION BY club_code ORDER BY on_date),
            DATE '9999-12-31') AS until_day
    FROM member_unlisted
),
cells AS (
    SELECT club_code, on_date, until_day, 'female' AS sex, TRUE AS older,
        women_sixty_plus AS persons
    FROM counted
    UNION ALL
    SELECT club_code, on_date, until_day, 'female', FALSE, women - women_sixty_plus FROM counted
    UNION ALL
    SELECT club_code, on_date, until_day, 'male', TRUE, sixty_plus - women_sixty_plus FROM counted
    UNION ALL
    SELECT club_code, on_date, until_day, 'male', FALSE,
        total - women - sixty_plus + women_sixty_plus
    FROM counted
),
everybody AS (
    SELECT
        club_code, member_code, sex, birth_year, household, needs_support, volunteer,
        CAST(NULL AS BOOLEAN) AS older, TRUE AS listed, CAST(1 AS BIGINT) AS persons,
        COALESCE(joined_on, DATE '1900-01-01') AS from_day,
        COALESCE(left_on, DATE '9999-12-31') AS until_day
    FROM member
    UNION ALL
    SELECT
        club_code, NULL, sex, NULL, NULL, NULL, NULL, older, FALSE, CAST(persons AS BIGINT),
        on_date, until_day
    FROM cells
    WHERE persons > 0
)
SELECT
    club_spans.club_no, club_spans.unit_no, club_spans.club_code, club_spans.province_code,
    club_spans.commune_code, club_spans.founded_on,
    member_code, sex, birth_year, household, needs_support, volunteer, older, listed, persons,
    GREATEST(everybody.from_day, club_spans.from_day) AS from_day,
    LEAST(everybody.until_day, club_spans.until_day) AS until_day
FROM everybody
JOIN club_spans ON club_spans.club_code = everybody.club_code
WHERE club_spans.active
  AND LEAST(everybody.until_day, club_spans.until_day)
    > GREATEST(everybody.from_day, club_spans.from_day)
