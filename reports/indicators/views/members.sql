-- One row a member of an active club on the day of the cut-off. Members who are counted and not
-- named stand in up to four rows a club (sex by older or younger), `persons` of them each.
-- Age is the year of the cut-off less the year of birth.
WITH named AS (
    SELECT
        member.*,
        year(cut_off) - birth_year AS age
    FROM member CROSS JOIN asked
    WHERE COALESCE(joined_on, DATE '1900-01-01') <= cut_off
      AND (left_on IS NULL OR left_on > cut_off)
),
counted AS (
    SELECT
        club_code,
        arg_max(total, on_date) AS total,
        arg_max(women, on_date) AS women,
        arg_max(sixty_plus, on_date) AS sixty_plus,
        arg_max(women_sixty_plus, on_date) AS women_sixty_plus
    FROM member_unlisted CROSS JOIN asked
    WHERE on_date <= cut_off
    GROUP BY club_code
),
cells AS (
    SELECT club_code, 'female' AS sex, TRUE AS older, women_sixty_plus AS persons FROM counted
    UNION ALL
    SELECT club_code, 'female', FALSE, women - women_sixty_plus FROM counted
    UNION ALL
    SELECT club_code, 'male', TRUE, sixty_plus - women_sixty_plus FROM counted
    UNION ALL
    SELECT club_code, 'male', FALSE, total - women - sixty_plus + women_sixty_plus FROM counted
)
SELECT
    club_state.club_code, province_code, commune_code, founded_on,
    sex, age,
    age >= 60 AS older_60,
    age >= 55 AS older_55,
    age < 60 AS younger,
    age BETWEEN 31 AND 59 AS middle_aged,
    age BETWEEN 16 AND 30 AS young,
    age < 16 AS teenage,
    household,
    household IN ('poor', 'near_poor', 'disadvantaged') AS vulnerable,
    needs_support, volunteer,
    TRUE AS listed,
    CAST(1 AS BIGINT) AS persons
FROM named JOIN club_state ON club_state.club_code = named.club_code
WHERE active
UNION ALL
SELECT
    club_state.club_code, province_code, commune_code, founded_on,
    sex, NULL, older, NULL, NOT older, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    FALSE, CAST(persons AS BIGINT)
FROM cells JOIN club_state ON club_state.club_code = cells.club_code
WHERE active AND persons > 0
