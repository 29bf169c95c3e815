-- One row a member who joined a club in the period, or left it (`how`: left, died, moved,
-- club_ended). Members who are counted and not named stand in one row a monthly report, `persons`
-- of them. Who was in the club from its first day founded it and did not join later.
WITH named AS (
    SELECT
        asked.period, member.club_code, 'joined' AS movement, CAST(NULL AS VARCHAR) AS how,
        member.sex, year(asked.cut_off) - member.birth_year AS age, member.household,
        member.joined_on AS on_date, CAST(1 AS BIGINT) AS persons
    FROM member CROSS JOIN asked
    WHERE member.joined_on BETWEEN asked.period_start AND asked.cut_off
    UNION ALL
    SELECT
        asked.period, member.club_code, 'left', member.left_how, member.sex,
        year(asked.cut_off) - member.birth_year, member.household, member.left_on,
        CAST(1 AS BIGINT)
    FROM member CROSS JOIN asked
    WHERE member.left_on BETWEEN asked.period_start AND asked.cut_off
),
counted AS (
    SELECT
        asked.period, club_month.club_code, 'joined' AS movement, CAST(NULL AS VARCHAR) AS how,
        last_day(CAST(club_month.month || '-01' AS DATE)) AS on_date,
        club_month.joined_unlisted_total AS persons
    FROM club_month CROSS JOIN asked
    WHERE club_month.joined_unlisted_total > 0
    UNION ALL
    SELECT
        asked.period, club_month.club_code, 'left', CAST(NULL AS VARCHAR),
        last_day(CAST(club_month.month || '-01' AS DATE)), club_month.left_unlisted_total
    FROM club_month CROSS JOIN asked
    WHERE club_month.left_unlisted_total > 0
),
moved AS (
    SELECT * FROM named
    UNION ALL
    SELECT
        counted.period, counted.club_code, counted.movement, counted.how, CAST(NULL AS VARCHAR),
        CAST(NULL AS BIGINT), CAST(NULL AS VARCHAR), counted.on_date, counted.persons
    FROM counted JOIN asked ON asked.period = counted.period
    WHERE counted.on_date BETWEEN asked.period_start AND last_day(asked.cut_off)
)
SELECT
    moved.period, moved.club_code, club_state.province_code, club_state.commune_code,
    club_state.founded_on, moved.movement, moved.how, moved.sex, moved.age,
    moved.age >= 60 AS older_60, moved.household,
    moved.household IN ('poor', 'near_poor', 'disadvantaged') AS vulnerable,
    moved.movement = 'joined' AND moved.on_date <= club_state.founded_on AS founder, moved.persons
FROM moved
JOIN club_state ON club_state.club_code = moved.club_code AND club_state.period = moved.period
